import { useCallback, useEffect, useRef } from 'react'
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useClient } from 'urql'
import { useKept } from './kept.ts'

type Connection<Row> = {
  readonly edges: readonly { readonly node: Row }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly totalCount?: number
}
type Pages<Row> = {
  /** The filter that was asked for last, and the one that the rows are of. */
  wanted: string
  of: string
  rows: readonly Row[]
  total: number
  next: string | null
  fetching: boolean
  error: CombinedError | undefined
  loadedAt: number
}

/** A list left and come back to within this time stands as it was, where it is kept. */
const KEEP_MS = 5 * 60_000
/** The longest page that the API gives. */
const MOST = 200

/**
 * A connection of the API under a filter, growing by a page at a time. While another filter loads, the rows of the one before stay; `fresh`
 * is false meanwhile. `keep` names where it is remembered when the reader leaves.
 */
export function usePages<Data, Filter extends object, Row>(
  document: TypedDocumentNode<Data, Filter & { first: number; after?: string | null }>,
  filter: Filter,
  pick: (data: Data) => Connection<Row>,
  { size = 100, keep = null }: { size?: number; keep?: string | null } = {},
) {
  const client = useClient()
  const nothing: Pages<Row> = { wanted: '', of: '', rows: [], total: 0, next: null, fetching: true, error: undefined, loadedAt: 0 }
  const [pages, setPages] = useKept<Pages<Row>>(keep, nothing)
  const latest = useRef(pages)
  const picking = useRef(pick)
  const key = JSON.stringify(filter)

  const load = useCallback(
    async (wanted: string, after: string | null, first = size) => {
      const show = (next: Pages<Row>) => setPages((latest.current = next))
      show({ ...latest.current, wanted, fetching: true, error: undefined })
      const variables = { ...(JSON.parse(wanted) as Filter), first, after }
      const { data, error } = await client.query(document as TypedDocumentNode<Data, AnyVariables>, variables, NETWORK).toPromise()
      // Another filter was asked for while this answer was on its way.
      if (latest.current.wanted !== wanted) return
      if (!data) return show({ ...latest.current, fetching: false, error })
      const { edges, pageInfo, totalCount } = picking.current(data)
      const rows = edges.map(({ node }) => node)
      const all = after === null ? rows : [...latest.current.rows, ...rows]
      const next = pageInfo.hasNextPage ? pageInfo.endCursor : null
      show({ wanted, of: wanted, rows: all, total: totalCount ?? all.length, next, fetching: false, error, loadedAt: Date.now() })
    },
    [client, document, setPages, size],
  )

  useEffect(() => {
    const { of, wanted, fetching, error, loadedAt } = latest.current
    if (of === key && wanted === key && !fetching && !error && Date.now() - loadedAt < KEEP_MS) return
    void load(key, null)
  }, [key, load])

  const more = () => {
    const { wanted, next, fetching, error } = latest.current
    if (next !== null && !fetching && !error) void load(wanted, next)
  }
  /** After a failure, from where it stood. */
  const retry = () => void load(key, latest.current.of === key ? latest.current.next : null)
  /** After a change, as many rows as there were. */
  const refresh = () => void load(key, null, Math.min(MOST, Math.max(size, latest.current.rows.length)))

  return { ...pages, fresh: pages.of === key, more, retry, refresh }
}

const NETWORK = { requestPolicy: 'network-only' } as const
