import { sql } from 'kysely'
import type { Ctx } from '#shared/context'

/** Members of the acting payer in the period of a run. Payers cannot read coverage: a definer counts, in tens. */
export async function countMembers(ctx: Ctx, runId: string | null): Promise<number | null> {
  if (runId === null) return null
  const { db } = await ctx.tx()
  const { rows } = await sql<{ members: number | null }>`select commons_member_count(${runId}) as members`.execute(db)
  return rows[0]?.members ?? null
}
