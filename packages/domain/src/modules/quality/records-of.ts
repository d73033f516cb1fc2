import { sql } from 'kysely'
import type { Sensitivity } from '#modules/record'
import type { Ctx } from '#shared/context'
import { recordRoom } from '#shared/room'

/** Where a chart stands, and what the data stood at. */
export interface Standing {
  readonly practice_id: string
  readonly patient_id: string
  readonly watermark: string | null
  readonly is_live: boolean
  readonly evidence: readonly string[]
}

export interface RecordRow {
  readonly practice_id: string
  readonly patient_id: string
  readonly reference: string
  readonly content: string
  readonly sensitivity: Sensitivity | null
}

/** More than any chart holds: a bound on what one question reads. */
const MOST_RECORDS = 20_000

/** Records of the chart as they stood when it was placed. Figures that follow the records stand on what is there now. */
export async function recordsOf(ctx: Ctx, place: Standing, types: readonly string[] | null): Promise<RecordRow[]> {
  const { db } = await ctx.tx()
  const stood = place.is_live
    ? sql`v.superseded_at is null`
    : sql`v.watermark <= ${place.watermark}::bigint and (v.superseded_at is null or v.superseded_at > ${place.watermark}::bigint)`
  const wanted =
    types === null ? sql`v.type || '/' || v.fhir_id = any (${[...place.evidence]}::text[])` : sql`v.type = any (${[...types]}::text[])`
  const { rows } = await sql<RecordRow>`
    select v.practice_id, v.patient_id, v.type || '/' || v.fhir_id as reference, v.content, v.sensitivity from resource_version v
     where v.practice_id = ${place.practice_id} and v.patient_id = ${place.patient_id} and ${wanted} and ${stood} and not v.withdrawn
       and ${recordRoom(ctx, 'v', null)}
     order by v.type, v.fhir_id limit ${MOST_RECORDS}`.execute(db)
  return rows
}
