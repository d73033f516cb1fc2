import { useCallback, useEffect, useRef, useState } from 'react'
import { type CombinedError, useClient } from 'urql'
import { graphql, type VariablesOf } from '../../lib/graphql.ts'
import { AuditChart_event, type AuditRow, AuditRow_event } from './audit-columns.tsx'

const PAGE = 100

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

type Pages = { of: string; rows: AuditRow[]; next: string | null; fetching: boolean; error: CombinedError | undefined }

/** The audit under a filter, newest first, growing by a page at a time. Every page that is read is itself noted in it. */
export function useAuditPages(filter: AuditFilter, named: boolean) {
  const client = useClient()
  const [pages, setPages] = useState<Pages>({ of: '', rows: [], next: null, fetching: true, error: undefined })
  const latest = useRef(pages)
  const key = JSON.stringify(filter)

  const load = useCallback(
    async (wanted: string, after: string | null) => {
      const show = (next: Pages) => setPages((latest.current = next))
      show({ ...latest.current, of: wanted, fetching: true, error: undefined })
      const variables = { filter: JSON.parse(wanted) as AuditFilter, first: PAGE, after, named }
      const { data, error } = await client.query(AuditPage, variables, { requestPolicy: 'network-only' }).toPromise()
      // Another filter was chosen while this answer was on its way.
      if (latest.current.of !== wanted) return
      if (!data) return show({ ...latest.current, fetching: false, error })
      const rows = data.auditEvents.edges.map(({ node }) => node as AuditRow)
      const { hasNextPage, endCursor } = data.auditEvents.pageInfo
      show({
        of: wanted,
        rows: after === null ? rows : [...latest.current.rows, ...rows],
        next: hasNextPage ? endCursor : null,
        fetching: false,
        error,
      })
    },
    [client, named],
  )

  useEffect(() => void load(key, null), [key, load])

  const more = () => {
    const { next, fetching } = latest.current
    if (next !== null && !fetching) void load(latest.current.of, next)
  }
  return { ...pages, more, retry: () => void load(key, null) }
}
