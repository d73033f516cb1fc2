import { sql } from 'kysely'
import type { Sessions, Tx } from '#shared/sessions'
import { NO_PRACTICE } from './seal.ts'
import { unsealedRows } from './unsealed-rows.ts'

export interface SealState {
  readonly sealedUntil: string | null
  /** Rows that bear no seal yet. */
  readonly waiting: number
}

/** How far the audit is sealed. */
export const readSealState = (sessions: Sessions): Promise<SealState> =>
  sessions.within({ kind: 'sealer' }, async ({ db }) => {
    const { rows } = await sql<SealState>`
      select (select to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from audit_seal order by batch desc limit 1) as "sealedUntil",
             (select count(*)::int from audit_event e where ${await unsealedRows(db, null)}) as waiting`.execute(db)
    return rows[0]!
  })

export interface ChainState {
  /** A practice, or the nil id: rows of none. */
  readonly chain: string
  readonly sealed: number
  readonly waiting: number
  readonly until: string | null
}

/**
 * How far each chain is sealed. Seals are numbered anew each day without a gap, so a day's last number counts them: a step of an index for
 * each day and practice, instead of every seal there ever was.
 */
export async function readChainStates(db: Tx['db']): Promise<ChainState[]> {
  const { rows } = await sql<ChainState>`
    with recursive days as (
      (select chain, day, seq, sealed_at from audit_seal order by chain, day desc, seq desc limit 1)
      union all
      select n.* from days d cross join lateral (
        select * from (
          (select chain, day, seq, sealed_at from audit_seal s where s.chain = d.chain and s.day < d.day order by day desc, seq desc limit 1)
          union all
          (select chain, day, seq, sealed_at from audit_seal s where s.chain > d.chain order by chain, day desc, seq desc limit 1)) b
         order by chain limit 1) n)
    select coalesce(s.chain, w.chain) as chain, coalesce(s.sealed, 0) as sealed, coalesce(w.waiting, 0) as waiting, s.until
      from (select chain, sum(seq)::int as sealed, max(sealed_at)::text as until from days group by chain) s
      full join (select coalesce(e.practice_id, ${NO_PRACTICE}::uuid) as chain, count(*)::int as waiting
                   from audit_event e where ${await unsealedRows(db, null)} group by 1) w on w.chain = s.chain`.execute(db)
  return rows
}
