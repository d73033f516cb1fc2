import type { Coding } from '@carecommons/interop'
import { sql } from 'kysely'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { noteSensitive } from '#shared/note-sensitive'
import { recordRoom } from '#shared/room'
import type { ValueSeriesType } from './patient.graphql.ts'

interface SeriesDefinition {
  readonly key: string
  readonly title: string
  /** LOINC. */
  readonly codes: readonly string[]
  /** LOINC of the second value of a pair. */
  readonly second?: readonly string[]
}

/** Values that matter for following chronic conditions, in the order a page shows them. */
const SERIES: readonly SeriesDefinition[] = [
  { key: 'a1c', title: 'HbA1c', codes: ['4548-4', '4549-2', '17855-8', '17856-6', '96595-4'] },
  { key: 'blood-pressure', title: 'Blood pressure', codes: ['8480-6'], second: ['8462-4'] },
  { key: 'ldl', title: 'LDL cholesterol', codes: ['18262-6', '13457-7', '2089-1'] },
  { key: 'egfr', title: 'eGFR', codes: ['33914-3', '48642-3', '48643-1', '50044-7', '62238-1', '77147-7', '88293-6', '98979-8'] },
  { key: 'bmi', title: 'Body mass index', codes: ['39156-5'] },
  { key: 'weight', title: 'Weight', codes: ['29463-7'] },
  { key: 'phq9', title: 'PHQ-9', codes: ['44261-6'] },
]

const LOINC = 'http://loinc.org'

const codes = SERIES.flatMap((series) => [...series.codes, ...(series.second ?? [])])
/** What pages look for in charts by its code. */
export const followedCodes: readonly Coding[] = codes.map((code) => ({ system: LOINC, code }))

interface ValueRow {
  readonly practice_id: string
  readonly patient_id: string
  readonly fhir_id: string
  readonly code: string
  readonly at: string
  readonly value: string
  readonly unit: string | null
  readonly sensitivity: string | null
}

/** Final values by chart, oldest first. Values in several units are several series: a scale is never mixed. */
export const seriesOf = batched(async (ctx: Ctx, ids): Promise<Map<string, ValueSeriesType[]>> => {
  const { db } = await ctx.tx()
  const { rows } = await sql<ValueRow>`
    select f.practice_id, f.patient_id, f.fhir_id, c.code, f.starts_at as at, f.value, f.unit, f.sensitivity
      from clinical_fact f join code c on c.id = f.code_id
     where f.patient_id = any (${ids}::uuid[]) and f.type = 'Observation' and ${recordRoom(ctx, 'f', 'results')}
       and c.system = ${LOINC} and c.code = any (${codes}::text[])
       and f.value is not null and f.starts_at is not null and f.status in ('final', 'amended', 'corrected')
     order by f.patient_id, f.starts_at, f.fhir_id, f.part`.execute(db)
  noteSensitive(ctx, rows)
  return new Map([...Map.groupBy(rows, (row) => row.patient_id)].map(([id, of]) => [id, SERIES.flatMap((series) => drawn(series, of))]))
})

function drawn({ key, title, codes, second }: SeriesDefinition, rows: readonly ValueRow[]): ValueSeriesType[] {
  const partners = new Map(rows.filter(({ code }) => second?.includes(code)).map((row) => [row.fhir_id, Number(row.value)]))
  const firsts = rows.filter(({ code, fhir_id }) => codes.includes(code) && (!second || partners.has(fhir_id)))
  return [...Map.groupBy(firsts, ({ unit }) => unit)].map(([unit, of], index) => ({
    key: index === 0 ? key : `${key}-${index + 1}`,
    title,
    unit,
    points: of.map((row) => ({ at: row.at, value: Number(row.value), second: partners.get(row.fhir_id) ?? null })),
  }))
}
