import { graphql } from '../../lib/graphql.ts'
import { usePages } from '../../lib/use-pages.ts'
import { Staff, Waiting } from './people-parts.ts'

const PeoplePage = graphql(
  `
    query People_people($first: Int!, $after: String, $search: String, $organizationId: ID) {
      people(first: $first, after: $after, search: $search, organizationId: $organizationId) {
        totalCount
        edges {
          node {
            ...Staff
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [Staff],
)
const WaitingPage = graphql(
  `
    query People_invitations($first: Int!, $after: String, $search: String, $organizationId: ID) {
      invitations(first: $first, after: $after, search: $search, organizationId: $organizationId) {
        totalCount
        edges {
          node {
            ...Waiting
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [Waiting],
)

type Filter = { search: string | null; organizationId: string | null }

/** Who works somewhere, and who was asked to, a page at a time. */
export function usePeople(filter: Filter) {
  const people = usePages(PeoplePage, filter, (data) => data.people, { size: 50 })
  const waiting = usePages(WaitingPage, filter, (data) => data.invitations, { size: 50 })
  const refresh = () => {
    people.refresh()
    waiting.refresh()
  }
  return { people, waiting, refresh }
}
