import { isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'
import { badInput, pageSize } from './bad-input.ts'
import type { Tx } from './sessions.ts'

export interface PageWanted {
  readonly first?: number | null
  readonly after?: string | null
}

/** A page of a list, with how many there are under the same conditions. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly totalCount: number
}

interface Placed {
  readonly id: string
  /** What the list is ordered by, then by id. */
  readonly sorted: string
}

/**
 * A page out of a list of hundreds or thousands, not more: people, organizations. `rows` selects all that the viewer may see and asked
 * for, with `id` and `sorted`; one query sorts, counts and cuts it.
 */
export async function pageOf<Row>({ db }: Tx, rows: RawBuilder<Row>, { first, after }: PageWanted): Promise<Connection<Row>> {
  const size = pageSize(first, 50)
  const place = after == null ? null : readCursor(after)
  const further = place ? sql`(sorted collate "C", id) > (${place.sorted}, ${place.id}::uuid)` : sql`true`
  const answer = await sql<Row & Placed & { total: number }>`
    with listed as materialized (${rows}),
         page as (select * from listed where ${further} order by sorted collate "C", id limit ${size + 1})
    select page.*, t.total from (select count(*)::int as total from listed) t left join page on true
     order by page.sorted collate "C", page.id`.execute(db)
  const totalCount = answer.rows[0]?.total ?? 0
  // A page without rows still says how many there are.
  const found = answer.rows.filter(({ id }) => id !== null)
  const edges = found.slice(0, size).map((row) => ({ cursor: writeCursor(row), node: row }))
  return { edges, pageInfo: { hasNextPage: found.length > size, endCursor: edges.at(-1)?.cursor ?? null }, totalCount }
}

/** A page out of a list of tens that is worked out whole, ordered by `sorted`, in which no two rows are alike. */
export function cut<Row extends Pick<Placed, 'sorted'>>(rows: readonly Row[], { first, after }: PageWanted): Connection<Row> {
  const size = pageSize(first, 50)
  const place = after == null ? null : readCursor(after).sorted
  const further = rows.toSorted((a, b) => (a.sorted < b.sorted ? -1 : 1)).filter(({ sorted }) => place === null || sorted > place)
  const edges = further.slice(0, size).map((row) => ({ cursor: writeCursor({ ...row, id: NOBODY }), node: row }))
  return { edges, pageInfo: { hasNextPage: further.length > size, endCursor: edges.at(-1)?.cursor ?? null }, totalCount: rows.length }
}

/** Where the order alone says the place. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The same page with something made of each row. */
export const mapPage = <Row, Node>({ edges, ...rest }: Connection<Row>, make: (row: Row) => Node): Connection<Node> => ({
  ...rest,
  edges: edges.map(({ cursor, node }) => ({ cursor, node: make(node) })),
})

const writeCursor = ({ sorted, id }: Placed): string => Buffer.from(JSON.stringify([sorted, id])).toString('base64url')

function readCursor(cursor: string): Placed {
  const parts = parsed(cursor)
  const [sorted, id] = Array.isArray(parts) && parts.length === 2 ? (parts as unknown[]) : []
  if (typeof sorted !== 'string' || sorted.includes('\0') || typeof id !== 'string' || !isUuid(id))
    throw badInput("'after' is no cursor of this list.")
  return { sorted, id }
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
