import { useQuery } from 'urql'
import { graphql, type ResultOf } from '../../lib/graphql.ts'

const Organizations = graphql(`
  query CareOrganizations_list {
    careOrganizations {
      id
      name
      kind
      city
    }
  }
`)
export type CareOrganization = ResultOf<typeof Organizations>['careOrganizations'][number]

/** Active practices and the coordinating body, by name; empty until they are known. */
export function useCareOrganizations(): readonly CareOrganization[] {
  const [{ data }] = useQuery({ query: Organizations })
  return data?.careOrganizations ?? []
}
