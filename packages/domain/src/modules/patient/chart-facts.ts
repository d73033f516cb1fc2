import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { Sensitivity } from '#modules/record'
import type { Ctx } from '#shared/context'
import { noteSensitive } from '#shared/note-sensitive'
import { recordRoom, type RoomCategory } from '#shared/room'

/** One coded fact of a chart. */
export interface FactRow {
  readonly practice_id: string
  readonly patient_id: string
  readonly fhir_id: string
  /** What the source calls it, in words. */
  readonly text: string
  readonly code: string | null
  readonly system: string | null
  readonly status: string | null
  /** The calendar day where it happened. */
  readonly starts_on: Day | null
  readonly starts_at: string | null
  readonly ends_at: string | null
  readonly ends_on: Day | null
  /** Code of the value: the class of an encounter. */
  readonly value_code: string | null
  readonly sensitivity: Sensitivity | null
}

interface Asked {
  readonly type: string
  readonly category: RoomCategory
  readonly orderBy: RawBuilder<unknown>
  /** At most so many of each chart. */
  readonly most?: number
}

/** Facts of one type by chart; what was entered in error or refuted is left out. */
export async function chartFacts(
  ctx: Ctx,
  ids: readonly string[],
  { type, category, orderBy, most = 2000 }: Asked,
): Promise<Map<string, FactRow[]>> {
  const { db } = await ctx.tx()
  const { rows } = await sql<FactRow>`
    select f.*, coalesce(c.display, f.value_text, c.code, 'Without a name') as text, c.code, c.system, v.code as value_code,
           (f.ends_at at time zone ${ctx.region.timeZone})::date as ends_on
      from unnest(${ids}::uuid[]) as chart (id)
      cross join lateral (
        select f.practice_id, f.patient_id, f.fhir_id, f.status, f.starts_on, f.starts_at, f.ends_at, f.value_text, f.code_id, f.value_code_id, f.sensitivity from clinical_fact f
         where f.patient_id = chart.id and f.type = ${type} and f.part = 0 and ${recordRoom(ctx, 'f', category)}
           and coalesce(f.verification, '') not in ('entered-in-error', 'refuted') and coalesce(f.status, '') not in ('entered-in-error', 'not-done')
         order by ${orderBy}, f.fhir_id limit ${most}) f
      left join code c on c.id = f.code_id
      left join code v on v.id = f.value_code_id
     order by f.patient_id, ${orderBy}, f.fhir_id`.execute(db)
  noteSensitive(ctx, rows)
  return Map.groupBy(rows, (row) => row.patient_id)
}

export const NEWEST_FIRST = sql`f.starts_at desc nulls last`
export const ACTIVE_FIRST = sql`(coalesce(f.status, 'active') = 'active') desc, f.starts_at desc nulls last`
