import { createHmac } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'

/** An audit row as a seal covers it: every column, as text. */
export interface SealedRow {
  readonly at: string
  readonly id: string
  readonly user_id: string | null
  readonly membership_id: string | null
  readonly role: string | null
  readonly organization_id: string | null
  readonly purpose: string
  readonly practice_id: string | null
  readonly action: string
  readonly subject: string
  readonly subject_ids: readonly string[]
  readonly outcome: string
  readonly correlation_id: string
  readonly xid: string
}

/** The columns of `e` under the names above; instants in UTC to the microsecond, whatever the session's settings. */
export const SEALED_COLUMNS: RawBuilder<unknown> = sql`
  to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.id, e.user_id, e.membership_id, e.role, e.organization_id,
  e.purpose, e.practice_id, e.action, e.subject, e.subject_ids::text[] as subject_ids, e.outcome, e.correlation_id, e.xid::text as xid`

/** A place in a chain. Numbers count from one each day; the first of a day goes on from the last of the day before. */
export interface Link {
  readonly chain: string
  /** YYYY-MM-DD, UTC. */
  readonly day: string
  readonly seq: number
}

/** The chain of rows that belong to no practice. */
export const NO_PRACTICE = '00000000-0000-0000-0000-000000000000'

/** What the first link of a chain goes on from. */
export const BEGINNING = Buffer.alloc(32)

/** HMAC-SHA256 over the hash before, the place and the row. Who lacks the key can neither change a row nor close the gap it leaves. */
export function sealOf(key: Buffer, before: Buffer, { chain, day, seq }: Link, row: SealedRow): Buffer {
  const content = JSON.stringify([
    chain,
    day,
    seq,
    row.at,
    row.id,
    row.user_id,
    row.membership_id,
    row.role,
    row.organization_id,
    row.purpose,
    row.practice_id,
    row.action,
    row.subject,
    row.subject_ids,
    row.outcome,
    row.correlation_id,
    row.xid,
  ])
  return createHmac('sha256', key).update(before).update(content).digest()
}

/** What stands in the install's folder about a batch of seals, so that a tail which is cut off together with its rows is missed. */
export interface SealHead {
  readonly batch: number
  readonly sealedAt: string
  readonly rows: number
  /** SHA-256 over the hashes of the batch, in the order of chain, day and number; hexadecimal. */
  readonly digest: string
}

/** Heads of batches, from one on. */
export const selectHeads = (from: RawBuilder<unknown>): RawBuilder<SealHead> => sql<SealHead>`
  select batch::int as batch, to_char(min(sealed_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "sealedAt", count(*)::int as rows,
         encode(sha256(string_agg(hash, ''::bytea order by chain, day, seq)), 'hex') as digest
    from audit_seal where batch >= ${from} group by batch order by batch`
