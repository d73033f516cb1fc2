import { graphql, type VariablesOf } from '../../lib/graphql.ts'
import { usePages } from '../../lib/use-pages.ts'
import { AuditChart_event, type AuditRow, AuditRow_event } from './audit-columns.tsx'

const AuditPage = graphql(
  `
    query WhoLooked_events($filter: AuditFilter, $first: Int!, $after: String, $named: Boolean!) {
      auditEvents(filter: $filter, first: $first, after: $after) {
        edges {
          node {
            id
            ...AuditRow_event
            ...AuditChart_event @include(if: $named)
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [AuditRow_event, AuditChart_event],
)

export type AuditFilter = NonNullable<VariablesOf<typeof AuditPage>['filter']>

/** The audit under a filter, newest first. Every page that is read is itself noted in it. */
export const useAuditPages = (filter: AuditFilter, named: boolean) =>
  usePages(AuditPage, { filter, named }, ({ auditEvents: { edges, pageInfo } }) => ({
    edges: edges.map(({ node }) => ({ node: node as AuditRow })),
    pageInfo,
  }))
