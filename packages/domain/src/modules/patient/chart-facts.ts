import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { Sensitivity } from '#modules/record'
import type { Ctx } from '#shared/context'
import { noteSensitive } from '#shared/note-sensitive'
import { recordRoom, type RoomCategory } from '#shared/room'

/** What a record calls something: a FHIR CodeableConcept. */
interface Concept {
  readonly text?: string
  readonly coding?: readonly { readonly system?: string; readonly code?: string; readonly display?: string }[]
}

/** What a list shows of a record beside its fact. */
interface Told {
  readonly concept: Concept | null
  /** Code of the class of an encounter. */
  readonly class?: string | null
  readonly criticality?: string | null
  /** FHIR date. */
  readonly recorded?: string | null
}

/** One coded fact of a chart, in the words of its own record: what another chart calls the same code is nothing to this one. */
export interface FactRow {
  readonly practice_id: string
  readonly patient_id: string
  readonly fhir_id: string
  readonly text: string
  readonly code: string | null
  readonly system: string | null
  readonly status: string | null
  /** The calendar day where it happened. */
  readonly starts_on: Day | null
  readonly starts_at: string | null
  readonly ends_at: string | null
  readonly ends_on: Day | null
  readonly told: Told | null
  readonly sensitivity: Sensitivity | null
}

interface Asked {
  readonly type: string
  readonly category: RoomCategory
  readonly orderBy: RawBuilder<unknown>
  /** Of `r.record`, the record as it came: `Told`, a JSON object. */
  readonly told: RawBuilder<unknown>
  /** Those alone of which it is known when they began. */
  readonly started?: boolean
  /** At most so many of each chart. */
  readonly most?: number
}

/** Facts of one type by chart; what was entered in error or refuted is left out. */
export async function chartFacts(
  ctx: Ctx,
  ids: readonly string[],
  { type, category, orderBy, told, started = false, most = 2000 }: Asked,
): Promise<Map<string, FactRow[]>> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Omit<FactRow, 'text' | 'code' | 'system'> & { readonly value_text: string | null }>`
    select f.*, ${told} as told,
           (f.ends_at at time zone ${ctx.region.timeZone})::date as ends_on
      from unnest(${ids}::uuid[]) as chart (id)
      cross join lateral (
        select f.practice_id, f.patient_id, f.fhir_id, f.status, f.starts_on, f.starts_at, f.ends_at, f.value_text, f.sensitivity from clinical_fact f
         where f.patient_id = chart.id and f.type = ${type} and f.part = 0 and ${recordRoom(ctx, 'f', category)}
           and coalesce(f.verification, '') not in ('entered-in-error', 'refuted') and coalesce(f.status, '') not in ('entered-in-error', 'not-done')
           ${started ? sql`and f.starts_at is not null` : sql``}
         order by ${orderBy}, f.fhir_id limit ${most}) f
      left join lateral (
        select v.content::jsonb as record from resource_version v
         where v.practice_id = f.practice_id and v.patient_id = f.patient_id and v.type = ${type} and v.fhir_id = f.fhir_id
           and ${recordRoom(ctx, 'v', category)}
         order by v.watermark desc limit 1) r on true
     order by f.patient_id, ${orderBy}, f.fhir_id`.execute(db)
  noteSensitive(ctx, rows)
  return Map.groupBy(
    rows.map((row) => ({ ...row, ...inWords(row.told?.concept ?? null, row.value_text) })),
    (row) => row.patient_id,
  )
}

/** The concept's own text says most; a name of its codes comes next. */
function inWords(concept: Concept | null, otherWords: string | null): Pick<FactRow, 'text' | 'code' | 'system'> {
  const codings = concept?.coding ?? []
  const coding = codings.find(({ code }) => code !== undefined)
  const name = concept?.text ?? codings.find(({ display }) => display !== undefined)?.display ?? otherWords ?? coding?.code
  return { text: name ?? 'Without a name', code: coding?.code ?? null, system: coding?.system ?? null }
}

export const NEWEST_FIRST = sql`f.starts_at desc nulls last`
export const ACTIVE_FIRST = sql`(coalesce(f.status, 'active') = 'active') desc, f.starts_at desc nulls last`
