import { useViewer } from '../../app/viewer.ts'
import { graphql } from '../../lib/graphql.ts'
import { useChoice } from '../../ui/choice-field.tsx'
import { words } from '../../words/index.ts'

const Organizations = graphql(`
  query CareOrganizations_list($first: Int!, $after: String, $search: String) {
    careOrganizations(first: $first, after: $after, search: $search) {
      totalCount
      edges {
        node {
          id
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
const Practices = graphql(`
  query CareOrganizations_practices($first: Int!, $after: String, $search: String) {
    careOrganizations(first: $first, after: $after, search: $search, otherPractices: true) {
      totalCount
      edges {
        node {
          id
          name
          city
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** Active practices and the coordinating body; the own organization first, and unless told. */
export function useCareOrganization() {
  const own = useViewer().membership.organization.id
  return useChoice(Organizations, ({ careOrganizations: { edges, ...rest } }) => ({
    ...rest,
    edges: edges.map(({ node: { id, name } }) => ({ node: { id, name: id === own ? words.sharing.consent.toUs(name) : name } })),
  }))
}

const NONE_YET = [{ id: '', name: words.sharing.grant.choose }]

/** Another active practice; none unless told. */
export const useOtherPractice = () => useChoice(Practices, (data) => data.careOrganizations, { before: NONE_YET })
