import { type RawBuilder, sql } from 'kysely'
import type { Sessions, Tx } from '#shared/sessions'
import { BEGINNING, type Link, NO_PRACTICE, SEALED_COLUMNS, type SealedRow, type SealHead, sealOf, selectHeads } from './seal.ts'
import { unsealedRows } from './unsealed-rows.ts'

type Db = Tx['db']

const PAGE = 5000

/**
 * Seals what was written since the last time, in one transaction: the rows that the last batch could not see yet, by the snapshots of
 * both, so that a row whose transaction ended late is neither missed nor waited for. Null when there is nothing to seal, or another
 * worker is at it.
 */
export const sealEvents = (sessions: Sessions, key: Buffer): Promise<SealHead | null> =>
  sessions.within({ kind: 'sealer' }, async ({ db }) => {
    const { rows: locks } = await sql<{ free: boolean }>`select pg_try_advisory_xact_lock(hashtext('commons audit seal')) as free`.execute(
      db,
    )
    if (!locks[0]!.free) return null
    const batch = await beginBatch(db)
    const tips = new Map<string, Tip>()
    let page = await readUnsealed(db, batch, null)
    if (page.length === 0) return null
    while (page.length > 0) {
      // The last row of a batch remembers what had been written: the next page is needed to know which one it is.
      const next = page.length < PAGE ? [] : await readUnsealed(db, batch, page.at(-1)!)
      await sealPage(db, key, { ...batch, isLast: next.length === 0 }, page, tips)
      page = next
    }
    const { rows } = await selectHeads(sql`${batch.number}`).execute(db)
    return rows[0]!
  })

/** The newest batch, as the install's folder should know it. */
export const newestSealHead = (sessions: Sessions): Promise<SealHead | null> =>
  sessions.within({ kind: 'sealer' }, async ({ db }) => {
    const { rows } = await selectHeads(sql`(select max(batch) from audit_seal)`).execute(db)
    return rows[0] ?? null
  })

interface Batch {
  readonly number: number
  readonly snapshot: string
  readonly sealedAt: string
  readonly day: string
  /** Rows `e` that no batch has sealed and this one sees. */
  readonly fresh: RawBuilder<unknown>
}

async function beginBatch(db: Db): Promise<Batch> {
  const { rows } = await sql<{ number: number; snapshot: string; sealed_at: string; day: string }>`
    select coalesce(s.batch, 0)::int + 1 as number, n.snapshot::text as snapshot, t.sealed_at::text as sealed_at,
           (t.sealed_at at time zone 'UTC')::date::text as day
      from (select pg_current_snapshot() as snapshot) n
      left join (select batch, sealed_at from audit_seal where snapshot is not null order by batch desc limit 1) s on true
      cross join lateral (select greatest(clock_timestamp(), s.sealed_at) as sealed_at) t`.execute(db)
  const { number, snapshot, sealed_at, day } = rows[0]!
  return { number, snapshot, sealedAt: sealed_at, day, fresh: await unsealedRows(db, snapshot) }
}

async function readUnsealed(db: Db, { fresh }: Batch, after: SealedRow | null): Promise<SealedRow[]> {
  const further = after === null ? sql`true` : sql`(e.xid, e.at, e.id) > (${after.xid}::xid8, ${after.at}::timestamptz, ${after.id}::uuid)`
  const { rows } = await sql<SealedRow>`
    select ${SEALED_COLUMNS} from audit_event e where ${fresh} and ${further} order by e.xid, e.at, e.id limit ${PAGE}`.execute(db)
  return rows
}

/** Where a chain ends. */
interface Tip extends Link {
  readonly hash: Buffer
}

async function sealPage(
  db: Db,
  key: Buffer,
  { number, sealedAt, snapshot, day, isLast }: Batch & { readonly isLast: boolean },
  page: readonly SealedRow[],
  tips: Map<string, Tip>,
): Promise<void> {
  const chains = [...new Set(page.map(chainOf))].filter((chain) => !tips.has(chain))
  for (const tip of await readTips(db, chains)) tips.set(tip.chain, tip)
  const seals = page.map((row) => {
    const chain = chainOf(row)
    const tip = tips.get(chain)
    // A clock that was set back opens no day a second time.
    const on = tip && tip.day > day ? tip.day : day
    const link: Link = { chain, day: on, seq: tip?.day === on ? tip.seq + 1 : 1 }
    const hash = sealOf(key, tip?.hash ?? BEGINNING, link, row)
    tips.set(chain, { ...link, hash })
    return { ...link, at: row.at, id: row.id, hash: hash.toString('hex') }
  })
  await sql`
    insert into audit_seal (chain, day, seq, event_at, event_id, hash, sealed_at, batch, snapshot)
    select chain, day, seq, at, id, decode(hash, 'hex'), ${sealedAt}::timestamptz, ${number},
           case when ${isLast} and place = ${seals.length} then ${snapshot}::pg_snapshot end
      from unnest(${seals.map(({ chain }) => chain)}::uuid[], ${seals.map(({ day }) => day)}::date[], ${seals.map(({ seq }) => seq)}::bigint[],
                  ${seals.map(({ at }) => at)}::timestamptz[], ${seals.map(({ id }) => id)}::uuid[], ${seals.map(({ hash }) => hash)}::text[])
           with ordinality as sealed (chain, day, seq, at, id, hash, place)`.execute(db)
}

const chainOf = (row: SealedRow): string => row.practice_id ?? NO_PRACTICE

async function readTips(db: Db, chains: readonly string[]): Promise<Tip[]> {
  const { rows } = await sql<{ chain: string; day: string; seq: number; hash: string }>`
    select c.chain, t.day::text as day, t.seq::int as seq, encode(t.hash, 'hex') as hash
      from unnest(${[...chains]}::uuid[]) c (chain)
      cross join lateral (select day, seq, hash from audit_seal s where s.chain = c.chain order by s.day desc, s.seq desc limit 1) t`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, hash: Buffer.from(row.hash, 'hex') }))
}
