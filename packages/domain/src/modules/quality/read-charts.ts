import type { Chart, MeasurementPeriod } from '@carecommons/cql'
import { type RawBuilder, sql } from 'kysely'
import type { Sensitivity } from '#modules/record'
import type { Tx } from '#shared/sessions'
import { type NeededRecords, neededRecords, type RecordKind, type TypeNeed } from './data-need.ts'

/** Charts of one practice as they stood at a watermark. */
export type ChartsAt = { readonly practiceId: string; readonly watermark: string } & (
  | { readonly patientIds: readonly string[] }
  /** First and last included. */
  | { readonly firstPatientId: string; readonly lastPatientId: string }
)

export interface ReadCharts {
  readonly charts: readonly Chart[]
  /** Of labelled resources their label, by chart id and `Type/id`. */
  readonly labels: ReadonlyMap<string, Sensitivity>
  /** Day of the newest record of a measure's kinds in the period, by `recordedKey`. */
  readonly recorded: ReadonlyMap<string, string>
}

export const recordedKey = (chartId: string, measure: number): string => `${chartId} ${measure}`

export const labelKey = (chartId: string, reference: string): string => `${chartId} ${reference}`

interface Row {
  readonly patient_id: string
  readonly type: string
  readonly fhir_id: string
  readonly content: string
  readonly sensitivity: Sensitivity | null
  /** Places of the measures that ask for this kind of record, parted by commas, where it lies in the period. */
  readonly kinds: string
  readonly first_day: string
}

/**
 * What may matter of some charts, type by type: the index on types passes over whatever codes and days exclude. Sorted here, because
 * PostgreSQL would carry whole records through its sort; the order is part of the result, since evidence is cut after so many.
 */
export async function readCharts(
  db: Tx['db'],
  at: ChartsAt,
  need: readonly TypeNeed[],
  period: MeasurementPeriod,
  kinds: readonly RecordKind[] = [],
): Promise<ReadCharts> {
  // A plan for any need would know neither the codes nor how few of a practice's charts these are.
  await sql`set local plan_cache_mode = force_custom_plan`.execute(db)
  const known = await withCodeIds(db, need, period, kinds)
  const selects = known.needs.map(([type, records]) => selectOf(at, type, records, kindsOf(known.kinds, type, period)))
  const { rows } = await sql<Row>`${sql.join(selects, sql` union all `)}`.execute(db)
  const labels = new Map<string, Sensitivity>()
  for (const { patient_id, type, fhir_id, sensitivity } of rows)
    if (sensitivity !== null) labels.set(labelKey(patient_id, `${type}/${fhir_id}`), sensitivity)
  const recorded = new Map<string, string>()
  for (const { patient_id, kinds: of, first_day } of rows) {
    if (of === '') continue
    const day = first_day < period.start ? period.start : first_day
    for (const measure of of.split(',')) {
      const key = recordedKey(patient_id, Number(measure))
      if (day > (recorded.get(key) ?? '')) recorded.set(key, day)
    }
  }
  const charts = [...Map.groupBy(rows, ({ patient_id }) => patient_id)].map(([id, of]) => ({
    id,
    resources: of.sort(byReference).map(({ content }) => content),
  }))
  return { charts: charts.sort((a, b) => order(a.id, b.id)), labels, recorded }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byReference = (a: Row, b: Row): number => order(a.type, b.type) || order(a.fhir_id, b.fhir_id)

/** Of one type, and what of it: with ids of codes instead of codes. */
type KnownNeed = readonly [type: string, records: readonly (Omit<NeededRecords, 'codes'> & { readonly ids: number[] | null })[]]

type KnownKind = Omit<RecordKind, 'codes'> & { readonly ids: number[] | null }

/** For which measures a record of a type is one of the kinds that they ask for, in the period. */
function kindsOf(kinds: readonly KnownKind[], type: string, { start, end }: MeasurementPeriod): RawBuilder<string> {
  const of = kinds.filter((kind) => kind.type === type)
  if (of.length === 0) return sql`''`
  const each = of.map(
    ({ measure, ids }) => sql`case when ${ids === null ? sql`true` : carriesOneOf(ids)} then ${String(measure)}::text end`,
  )
  return sql`case when last_day >= ${start}::date and first_day <= ${end}::date then concat_ws(',', ${sql.join(each)}) else '' end`
}

function selectOf(at: ChartsAt, type: KnownNeed[0], records: KnownNeed[1], kinds: RawBuilder<string>) {
  const { practiceId, watermark } = at
  const charts =
    'patientIds' in at
      ? sql`patient_id = any (${[...at.patientIds]}::uuid[])`
      : sql`patient_id between ${at.firstPatientId}::uuid and ${at.lastPatientId}::uuid`
  const ways = records.map(
    ({ first, last, ids }) =>
      sql`(last_day >= ${first}::date and first_day <= ${last}::date ${ids === null ? sql`` : sql`and ${carriesOneOf(ids)}`})`,
  )
  return sql`
    select patient_id, type, fhir_id, content, sensitivity, ${kinds} as kinds, first_day::text as first_day from resource_version
     where practice_id = ${practiceId}::uuid and type = ${type} and ${charts}
       and watermark <= ${watermark}::bigint and (superseded_at is null or superseded_at > ${watermark}::bigint) and not withdrawn
       and last_day >= least(${sql.join(records.map(({ first }) => sql`${first}::date`))}) and (${sql.join(ways, sql` or `)})`
}

/** Nearly all have one code or two; to look these up takes a hash, while two arrays are compared element by element. */
const carriesOneOf = (ids: number[]): RawBuilder<boolean> =>
  sql`(codes[1] = any (${ids}::int[]) or codes[2] = any (${ids}::int[]) or (cardinality(codes) > 2 and codes && ${ids}::int[]))`

/** With the ids of the needed codes that the region has met. */
async function withCodeIds(
  db: Tx['db'],
  need: readonly TypeNeed[],
  period: MeasurementPeriod,
  kinds: readonly RecordKind[],
): Promise<{ readonly needs: KnownNeed[]; readonly kinds: KnownKind[] }> {
  const records = need.map((one) => neededRecords(one, period))
  const wanted = [...records.flat(), ...kinds].flatMap(({ codes }) => codes ?? [])
  const { rows } = await sql<{ id: number; system: string; code: string }>`
    select c.id, c.system, c.code from code c
      join (select distinct system, code from unnest(${wanted.map(({ system }) => system)}::text[], ${wanted.map(({ code }) => code)}::text[])
             w (system, code)) w using (system, code)`.execute(db)
  const known = new Map(rows.map(({ id, system, code }) => [`${system}|${code}`, id]))
  const idsOf = (codes: NeededRecords['codes']): number[] | null =>
    codes && codes.flatMap(({ system, code }) => known.get(`${system}|${code}`) ?? []).sort((a, b) => a - b)
  return {
    needs: need.map(({ type }, index) => [type, records[index]!.map(({ codes, ...days }) => ({ ...days, ids: idsOf(codes) }))]),
    kinds: kinds.map(({ codes, ...kind }) => ({ ...kind, ids: idsOf(codes) })),
  }
}
