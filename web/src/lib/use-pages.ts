import { useCallback, useEffect, useRef } from 'react'
import { type AnyVariables, type CombinedError, type TypedDocumentNode, useClient } from 'urql'
import { inPlace } from './in-place.ts'
import { useKept } from './kept.ts'
import { noticeOf } from './redisclosure.ts'

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
  /** What has to be said with the rows: records under 42 CFR Part 2 are among them. */
  notice: string | null
  loadedAt: number
  /** The list as it stands now, where rows of it belong elsewhere than they are shown. */
  waiting: { readonly rows: readonly Row[]; readonly next: string | null; readonly moved: number } | null
}

/** No filter. */
export const EVERYTHING = {}

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
  const nothing: Pages<Row> = {
    ...{ wanted: '', of: '', rows: [], total: 0, next: null },
    ...{ fetching: true, error: undefined, notice: null, loadedAt: 0, waiting: null },
  }
  const [pages, setPages] = useKept<Pages<Row>>(keep, nothing)
  const latest = useRef(pages)
  const picking = useRef(pick)
  const key = JSON.stringify(filter)

  const load = useCallback(
    async (wanted: string, after: string | null, first = size) => {
      const show = (next: Pages<Row>) => setPages((latest.current = next))
      show({ ...latest.current, wanted, fetching: true, error: undefined })
      const variables = { ...(JSON.parse(wanted) as Filter), first, after }
      const { data, error, extensions } = await client
        .query(document as TypedDocumentNode<Data, AnyVariables>, variables, NETWORK)
        .toPromise()
      // Another filter was asked for while this answer was on its way.
      if (latest.current.wanted !== wanted) return
      if (!data) return show({ ...latest.current, fetching: false, error })
      const { edges, pageInfo, totalCount } = picking.current(data)
      const rows = edges.map(({ node }) => node)
      const all = after === null ? rows : [...latest.current.rows, ...rows]
      const next = pageInfo.hasNextPage ? pageInfo.endCursor : null
      const notice = noticeOf(extensions) ?? (after === null ? null : latest.current.notice)
      show({
        ...{ wanted, of: wanted, rows: all, total: totalCount ?? all.length, next },
        ...{ fetching: false, error, notice, loadedAt: Date.now(), waiting: null },
      })
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

  const following = useRef<'no' | 'once' | 'again'>('no')
  /** After a change elsewhere, quietly: values change in their rows, and rows that would change places wait in `waiting`. */
  const follow = async (keyOf: (row: Row) => string): Promise<void> => {
    if (following.current !== 'no') return void (following.current = 'again')
    const seen = latest.current
    if (seen.fetching || seen.error || seen.of !== key) return
    following.current = 'once'
    let notice: string | null = null
    const now = await asLongAs(seen.rows.length, async (first, after) => {
      const variables = { ...(JSON.parse(key) as Filter), first, after }
      const { data, extensions } = await client.query(document as TypedDocumentNode<Data, AnyVariables>, variables, NETWORK).toPromise()
      notice ??= noticeOf(extensions)
      return data ? picking.current(data) : null
    })
    const wentOn = latest.current !== seen
    if (now && !wentOn) {
      const { rows, moved } = inPlace(seen.rows, now.rows, keyOf)
      const waiting = moved > 0 ? { rows: now.rows, next: now.next, moved } : null
      const next = moved > 0 ? seen.next : now.next
      setPages((latest.current = { ...seen, rows, next, total: now.total ?? rows.length, notice, loadedAt: Date.now(), waiting }))
    }
    const again = (following.current as 'once' | 'again') === 'again' || wentOn
    following.current = 'no'
    if (again) await follow(keyOf)
  }
  /** Shows the list as it stands now. */
  const settle = () => {
    const { waiting, ...seen } = latest.current
    if (waiting) setPages((latest.current = { ...seen, rows: waiting.rows, next: waiting.next, waiting: null }))
  }

  return { ...pages, fresh: pages.of === key, more, retry, refresh, follow, settle }
}

/** A list again, page after page, until as many rows are there as a reader has; null when a page does not come. */
async function asLongAs<Row>(
  rows: number,
  ask: (first: number, after: string | null) => Promise<Connection<Row> | null>,
): Promise<{ rows: Row[]; next: string | null; total: number | undefined } | null> {
  const read: Row[] = []
  let next: string | null = null
  let total: number | undefined
  do {
    const page = await ask(Math.min(MOST, Math.max(1, rows - read.length)), next)
    if (!page) return null
    read.push(...page.edges.map(({ node }) => node))
    next = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    total ??= page.totalCount
  } while (next !== null && read.length < rows)
  return { rows: read, next, total }
}

const NETWORK = { requestPolicy: 'network-only' } as const
