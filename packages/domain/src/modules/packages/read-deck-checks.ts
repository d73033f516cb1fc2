import { isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { DeckOutcome } from './deck-outcome.ts'
import type { WorkState } from './packages.entity.ts'

export interface DeckCheckRow {
  readonly id: string
  readonly packageHash: string
  readonly name: string
  readonly state: WorkState
  readonly casesTotal: number | null
  readonly casesDone: number
  readonly passed: number
  readonly failed: number
  readonly undecided: number
  readonly requestedBy: string
  readonly requestedAt: string
  readonly finishedAt: string | null
  readonly failure: string | null
  /** Cases that did not pass; null until it is done. */
  readonly outcomes: readonly DeckOutcome[] | null
}

/** The latest checks of a package, newest first. */
export const deckChecksOf = (ctx: Ctx, hash: string): Promise<DeckCheckRow[]> => read(ctx, sql`c.package_hash = ${hash}`)

export async function deckCheckOf(ctx: Ctx, id: string): Promise<DeckCheckRow | null> {
  if (!isUuid(id)) return null
  const [found] = await read(ctx, sql`c.id = ${id}`)
  return found ?? null
}

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<DeckCheckRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Omit<DeckCheckRow, 'outcomes'> & { outcomes: string | null }>`
    select c.id, c.package_hash as "packageHash", c.name, c.state, c.cases_total as "casesTotal", c.cases_done as "casesDone", c.passed, c.failed,
           c.undecided, u.name as "requestedBy", c.requested_at as "requestedAt", c.finished_at as "finishedAt", c.failure, c.outcomes
      from deck_check c join app_user u on u.id = c.requested_by
     where ${room(ctx, 'read', 'MeasurePackage', {})} and ${which} order by c.requested_at desc, c.id desc limit 10`.execute(db)
  return rows.map((row) => ({ ...row, outcomes: row.outcomes === null ? null : (JSON.parse(row.outcomes) as DeckOutcome[]) }))
}
