import { graphql } from '../../lib/graphql.ts'

/** The shared staff to choose from, by name. */
export const Staff = graphql(`
  query ChooseStaff_sharedStaff($first: Int!, $after: String, $search: String) {
    sharedStaff(first: $first, after: $after, search: $search) {
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
