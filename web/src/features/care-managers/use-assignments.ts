import { graphql } from '../../lib/graphql.ts'
import { usePages } from '../../lib/use-pages.ts'
import { Assigned } from './assignment-table.tsx'

const AssignmentPage = graphql(
  `
    query Assignments_careAssignments($first: Int!, $after: String, $search: String, $practiceId: ID) {
      careAssignments(first: $first, after: $after, search: $search, practiceId: $practiceId) {
        totalCount
        edges {
          node {
            ...Assigned
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [Assigned],
)

/** Who works where, current and planned, a page at a time. */
export const useAssignments = (filter: { search: string | null; practiceId: string | null }) =>
  usePages(AssignmentPage, filter, (data) => data.careAssignments, { size: 50 })
