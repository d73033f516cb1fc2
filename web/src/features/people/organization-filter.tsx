import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { ChoiceField, useChoice } from '../../ui/choice-field.tsx'
import { words } from '../../words/index.ts'

const Organizations = graphql(`
  query OrganizationFilter_organizations($first: Int!, $after: String, $search: String) {
    organizations(first: $first, after: $after, search: $search) {
      totalCount
      edges {
        node {
          id
          organization {
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
const Chosen = graphql(`
  query OrganizationFilter_organization($id: ID!) {
    organization(id: $id) {
      id
      organization {
        name
      }
    }
  }
`)

/** Whose people are listed: everybody's, or those of one organization, which the address names. */
export function OrganizationFilter() {
  const address = useAddress()
  const at = address.get('at')
  const [{ data }] = useQuery({ query: Chosen, variables: { id: at ?? '' }, pause: at === null })
  const chosen = at !== null && data?.organization?.id === at ? [named(data.organization)] : []
  const choice = useChoice(
    Organizations,
    ({ organizations: { edges, ...rest } }) => ({ ...rest, edges: edges.map(({ node }) => ({ node: named(node) })) }),
    { before: [{ id: '', name: words.people.everybody }, ...chosen] },
  )
  return (
    <ChoiceField
      hideLabel
      label={words.people.organization}
      search={words.people.findOrganization}
      choice={{ ...choice, chosen: chosen[0]?.id ?? '' }}
      onChange={(event) => address.set({ at: event.target.value })}
    />
  )
}

const named = ({ id, organization: { name } }: { id: string; organization: { name: string } }) => ({ id, name })
