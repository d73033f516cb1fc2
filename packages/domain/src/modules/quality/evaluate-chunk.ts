import type { Chart, EnginePool, MembershipResult } from '@carecommons/cql'
import { type Day, offsetMinutesIn } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Sensitivity } from '#modules/record'
import type { Sessions, Tx } from '#shared/sessions'
import type { LoadedMeasures } from './loaded-measures.ts'

/** Evaluates all measures of the run over one chunk's charts and keeps every chart's memberships. Done once, however often delivered. */
export async function evaluateChunk(
  sessions: Sessions,
  pool: EnginePool,
  measures: LoadedMeasures,
  chunkId: string,
  practiceId: string,
): Promise<void> {
  const scope = { kind: 'worker', practiceIds: [practiceId] } as const
  const chunk = await sessions.within(scope, ({ db }) => readChunk(db, chunkId, practiceId))
  if (!chunk || chunk.finished_at) return
  const loaded = await measures.of(chunk.package_hashes)
  const { charts, labels } = await sessions.within(scope, ({ db }) => readCharts(db, chunk, loaded.need), { readOnly: true })
  const period = {
    start: chunk.period_start,
    end: chunk.period_end,
    offsetMinutes: offsetMinutesIn(chunk.time_zone, chunk.period_start),
  }
  const results = await pool.evaluate(loaded.packages, charts, period)
  await sessions.within(scope, ({ db }) => keepMemberships(db, chunk, results, labels))
}

interface ChunkRow {
  readonly id: string
  readonly practice_id: string
  readonly run_id: string
  readonly first_patient_id: string
  readonly last_patient_id: string
  readonly finished_at: string | null
  readonly watermark: string
  readonly package_hashes: string[]
  readonly period_start: Day
  readonly period_end: Day
  readonly time_zone: string
}

async function readChunk(db: Tx['db'], chunkId: string, practiceId: string): Promise<ChunkRow | undefined> {
  const { rows } = await sql<ChunkRow>`
    select c.id, c.practice_id, c.run_id, c.first_patient_id, c.last_patient_id, c.finished_at, r.watermark, r.package_hashes,
           r.period_start::text, r.period_end::text, g.time_zone
      from metric_chunk c join metric_run r on r.id = c.run_id join region g on g.id = r.region_id
     where c.id = ${chunkId} and c.practice_id = ${practiceId}`.execute(db)
  return rows[0]
}

/** What retrieves may touch: types taken whole, and ids of the codes that others must carry one of. */
export interface DataNeed {
  readonly wholeTypes: readonly string[]
  readonly codedTypes: readonly string[]
  readonly codes: readonly { readonly system: string; readonly code: string }[]
}

/** Of labelled resources their label, by chart id and `Type/id`. */
type Labels = ReadonlyMap<string, Sensitivity>
const labelKey = (chartId: string, reference: string): string => `${chartId} ${reference}`

/** The charts as they stood at the run's watermark, each resource in its newest version up to there. */
async function readCharts(db: Tx['db'], chunk: ChunkRow, need: DataNeed): Promise<{ charts: Chart[]; labels: Labels }> {
  const { rows } = await sql<{ patient_id: string; content: string; reference: string | null; sensitivity: Sensitivity | null }>`
    with wanted as (
      select coalesce(array_agg(c.id), '{}') as ids from code c
        join unnest(${need.codes.map(({ system }) => system)}::text[], ${need.codes.map(({ code }) => code)}::text[]) v (system, code)
          on v.system = c.system and v.code = c.code
    )
    select patient_id, content, sensitivity, case when sensitivity is not null then type || '/' || fhir_id end as reference
      from (select distinct on (patient_id, type, fhir_id) patient_id, type, fhir_id, codes, content, sensitivity, withdrawn from resource_version
             where practice_id = ${chunk.practice_id} and patient_id between ${chunk.first_patient_id} and ${chunk.last_patient_id}
               and watermark <= ${chunk.watermark} and type = any (${['Patient', ...need.wholeTypes, ...need.codedTypes]})
             order by patient_id, type, fhir_id, watermark desc) v
     where not withdrawn and (type = any (${['Patient', ...need.wholeTypes]}) or codes && (select ids from wanted))
     order by patient_id, type, fhir_id`.execute(db)
  const charts = Map.groupBy(rows, ({ patient_id }) => patient_id)
  const labelled = rows.flatMap(({ patient_id, reference, sensitivity }) =>
    reference !== null && sensitivity !== null ? [[labelKey(patient_id, reference), sensitivity] as const] : [],
  )
  return {
    charts: [...charts].map(([id, resources]) => ({ id, resources: resources.map(({ content }) => content) })),
    labels: new Map(labelled),
  }
}

/** A membership that a labelled resource decided is labelled as it is; of several labels the stricter one counts. */
function labelOf(labels: Labels, chartId: string, evidence: readonly string[]): Sensitivity | null {
  if (labels.size === 0) return null
  const found = evidence.flatMap((reference) => labels.get(labelKey(chartId, reference)) ?? [])
  return found.includes('part2') ? 'part2' : (found[0] ?? null)
}

async function keepMemberships(
  db: Tx['db'],
  chunk: ChunkRow,
  results: ReadonlyMap<string, readonly MembershipResult[]>,
  labels: Labels,
): Promise<void> {
  const { rows } = await sql`
    select 1 from metric_chunk where id = ${chunk.id} and finished_at is null for update`.execute(db)
  if (rows.length === 0) return
  // Declared a program under 42 CFR Part 2 since the records were read: their labels are known from it, and the declaration waits for us.
  const practice = await sql<{
    part2_program: boolean
  }>`select part2_program from organization where id = ${chunk.practice_id} for share`.execute(db)
  const isPart2 = practice.rows[0]?.part2_program === true
  const memberships = [...results].flatMap(([measureId, charts]) =>
    charts.flatMap(({ chartId, groups }) =>
      groups.map(({ populations, evidence }, groupIndex) => ({
        practice_id: chunk.practice_id,
        run_id: chunk.run_id,
        patient_id: chartId,
        measure_id: measureId,
        group_index: groupIndex,
        initial_population: populations['initial-population'],
        denominator: populations.denominator,
        denominator_exclusion: populations['denominator-exclusion'],
        denominator_exception: populations['denominator-exception'],
        numerator: populations.numerator,
        evidence: [...evidence],
        sensitivity:
          isPart2 && evidence.some((one) => !one.startsWith('Patient/')) ? ('part2' as const) : labelOf(labels, chartId, evidence),
      })),
    ),
  )
  await sql`
    insert into measure_membership (practice_id, run_id, patient_id, measure_id, group_index, initial_population, denominator,
                                    denominator_exclusion, denominator_exception, numerator, evidence, sensitivity)
    select practice_id, run_id, patient_id, measure_id, group_index, initial_population, denominator, denominator_exclusion,
           denominator_exception, numerator, evidence, sensitivity
      from jsonb_to_recordset(${JSON.stringify(memberships)}::jsonb) m (practice_id uuid, run_id uuid, patient_id uuid, measure_id text,
           group_index smallint, initial_population smallint, denominator smallint, denominator_exclusion smallint,
           denominator_exception smallint, numerator smallint, evidence text[], sensitivity text)
     where initial_population > 0`.execute(db)
  const unevaluated = new Set([...results.values()].flat().flatMap(({ chartId, problem }) => (problem ? [chartId] : []))).size
  await sql`update metric_chunk set finished_at = now(), unevaluated = ${unevaluated} where id = ${chunk.id}`.execute(db)
}
