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
  /** Places of the measures of which it was looked for. */
  readonly lookedFor: ReadonlySet<number>
}

export const recordedKey = (chartId: string, measure: number): string => `${chartId} ${measure}`

export const labelKey = (chartId: string, reference: string): string => `${chartId} ${reference}`

interface Row {
  readonly patient_id: string
  readonly type: string
  readonly fhir_id: string
  readonly content: string
  readonly sensitivity: Sensitivity | null
  /** Ids of its codes, as text, where it may tell whether records are missing: of a type that tells of it, and in the period. */
  readonly carried: string | null
  readonly first_day: string | null
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
  /** What later periods need is read as well, as far as this one. */
  latest: MeasurementPeriod = period,
): Promise<ReadCharts> {
  // A plan for any need would know neither the codes nor how few of a practice's charts these are.
  await sql`set local plan_cache_mode = force_custom_plan`.execute(db)
  const known = await withCodeIds(db, need, [period, latest], kinds)
  const telling = new Set(kinds.map(({ type }) => type))
  const selects = known.needs.map(([type, records]) => selectOf(at, type, records, telling.has(type) ? period : null))
  const { rows } = await sql<Row>`${sql.join(selects, sql` union all `)}`.execute(db)
  const labels = new Map<string, Sensitivity>()
  for (const { patient_id, type, fhir_id, sensitivity } of rows)
    if (sensitivity !== null) labels.set(labelKey(patient_id, `${type}/${fhir_id}`), sensitivity)
  const asking = askingFor(known.kinds)
  const recorded = new Map<string, string>()
  for (const { patient_id, type, carried, first_day } of rows) {
    if (carried === null) continue
    const day = first_day === null || first_day < period.start ? period.start : first_day
    for (const measure of asking(type, carried)) {
      const key = recordedKey(patient_id, measure)
      if (day > (recorded.get(key) ?? '')) recorded.set(key, day)
    }
  }
  const charts = [...Map.groupBy(rows, ({ patient_id }) => patient_id)].map(([id, of]) => ({
    id,
    resources: of.sort(byReference).map(({ content }) => content),
  }))
  return { charts: charts.sort((a, b) => order(a.id, b.id)), labels, recorded, lookedFor: new Set(kinds.map(({ measure }) => measure)) }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byReference = (a: Row, b: Row): number => order(a.type, b.type) || order(a.fhir_id, b.fhir_id)

/** Of one type, and what of it: with ids of codes instead of codes. */
type KnownNeed = readonly [type: string, records: readonly (Omit<NeededRecords, 'codes'> & { readonly ids: number[] | null })[]]

type KnownKind = Omit<RecordKind, 'codes'> & { readonly ids: number[] | null }

/** The places of the measures that ask for records of a type with some codes. Few codes are in many records: each is looked up once. */
function askingFor(kinds: readonly KnownKind[]): (type: string, carried: string) => readonly number[] {
  const each = kinds.map(({ ids, ...kind }) => ({ ...kind, ids: ids && new Set(ids) }))
  const known = new Map<string, number[]>()
  return (type, carried) => {
    const key = `${type} ${carried}`
    let asking = known.get(key)
    if (!asking) {
      const codes = carried.slice(1, -1).split(',').map(Number)
      const asked = each.filter((kind) => kind.type === type && (!kind.ids || codes.some((code) => kind.ids!.has(code))))
      known.set(key, (asking = asked.map(({ measure }) => measure)))
    }
    return asking
  }
}

function selectOf(at: ChartsAt, type: KnownNeed[0], records: KnownNeed[1], telling: MeasurementPeriod | null) {
  const { practiceId, watermark } = at
  const charts =
    'patientIds' in at
      ? sql`patient_id = any (${[...at.patientIds]}::uuid[])`
      : sql`patient_id between ${at.firstPatientId}::uuid and ${at.lastPatientId}::uuid`
  const ways = records.map(
    ({ first, last, ids }) =>
      sql`(last_day >= ${first}::date and first_day <= ${last}::date ${ids === null ? sql`` : sql`and ${carriesOneOf(ids)}`})`,
  )
  const isTelling = telling ? sql`last_day >= ${telling.start}::date and first_day <= ${telling.end}::date` : sql`false`
  return sql`
    select patient_id, type, fhir_id, content, sensitivity, case when ${isTelling} then codes::text end as carried,
           case when ${isTelling} then first_day::text end as first_day from resource_version
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
  periods: readonly [MeasurementPeriod, MeasurementPeriod],
  kinds: readonly RecordKind[],
): Promise<{ readonly needs: KnownNeed[]; readonly kinds: KnownKind[] }> {
  const records = need.map((one) => neededRecords(one, ...periods))
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
