import { sql } from 'kysely'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'

/** Emergencies of which the coordinating body was told in the place of administrators whom a practice did not have; for the region. */
export const emergenciesTold = batched(async (ctx: Ctx, _ids): Promise<Map<string, number>> => {
  // Nobody else may ask the function.
  if (ctx.viewer.role !== 'region-administrator') return new Map()
  const { db } = await ctx.tx()
  const { rows } = await sql<{ practice_id: string; times: number }>`select practice_id, times from commons_emergencies_told()`.execute(db)
  return new Map(rows.map(({ practice_id, times }) => [practice_id, times]))
})
