import { sql } from 'kysely'
import type { Sensitivity } from '#modules/record'
import type { Tx } from '#shared/sessions'
import type { Decided, StandIn } from './decide-by-label.ts'
import { labelKey, type ReadCharts, recordedKey } from './read-charts.ts'

export interface MembershipsOf {
  readonly practiceId: string
  readonly runId: string
  /** Ids of the measures in the order they were evaluated in. */
  readonly measureIds: readonly string[]
}

/**
 * Writes where charts stand, and what stands in for it for whoever may not know of their labelled records. A membership that a labelled
 * resource decided is labelled as it is; of several labels the stricter counts.
 */
export async function keepMemberships(
  db: Tx['db'],
  { practiceId, runId, measureIds }: MembershipsOf,
  { charts, labels, recorded, lookedFor }: ReadCharts,
  { rows, standIns }: Pick<Decided, 'rows' | 'standIns'>,
): Promise<void> {
  await keepStandIns(db, { practiceId, runId, measureIds }, charts, standIns)
  if (rows.length === 0) return
  const isPart2 = await isPart2Now(db, practiceId)
  const chartIds = rows.map(({ chart }) => charts[chart]!.id)
  await sql`
    insert into measure_membership (practice_id, run_id, patient_id, measure_id, group_index, initial_population, denominator,
                                    denominator_exclusion, denominator_exception, numerator, evidence, sensitivity, recorded_on, strata)
    select ${practiceId}::uuid, ${runId}::uuid, patient_id, measure_id, group_index, initial_population, denominator, denominator_exclusion,
           denominator_exception, numerator, string_to_array(evidence, ' '), sensitivity, recorded_on, strata::jsonb
      from unnest(${chartIds}::uuid[], ${rows.map(({ measure }) => measureIds[measure]!)}::text[], ${rows.map(({ group }) => group)}::smallint[],
                  ${rows.map(({ counts }) => counts[0])}::smallint[], ${rows.map(({ counts }) => counts[1])}::smallint[],
                  ${rows.map(({ counts }) => counts[2])}::smallint[], ${rows.map(({ counts }) => counts[3])}::smallint[],
                  ${rows.map(({ counts }) => counts[4])}::smallint[], ${rows.map(({ evidence }) => evidence)}::text[],
                  ${rows.map(({ evidence, label }, index) => stricter(label, labelOf(labels, isPart2, chartIds[index]!, evidence)))}::text[],
                  ${rows.map(({ measure }, index) => (lookedFor.has(measure) ? (recorded.get(recordedKey(chartIds[index]!, measure)) ?? '-infinity') : null))}::date[],
                  ${rows.map(({ strata }) => strata && JSON.stringify(strata))}::text[])
           m (patient_id, measure_id, group_index, initial_population, denominator, denominator_exclusion, denominator_exception, numerator,
              evidence, sensitivity, recorded_on, strata)`.execute(db)
}

async function keepStandIns(
  db: Tx['db'],
  { practiceId, runId, measureIds }: MembershipsOf,
  charts: ReadCharts['charts'],
  standIns: readonly StandIn[],
): Promise<void> {
  if (standIns.length === 0) return
  await sql`
    insert into open_membership (practice_id, run_id, patient_id, measure_id, group_index, level, gives_way_to, initial_population, denominator,
                                 denominator_exclusion, denominator_exception, numerator, evidence, sensitivity)
    select ${practiceId}::uuid, ${runId}::uuid, patient_id, measure_id, group_index, level, string_to_array(gives_way_to, ' '), initial_population,
           denominator, denominator_exclusion, denominator_exception, numerator, string_to_array(evidence, ' '), nullif(level, 'none')
      from unnest(${standIns.map(({ chart }) => charts[chart]!.id)}::uuid[], ${standIns.map(({ measure }) => measureIds[measure]!)}::text[],
                  ${standIns.map(({ group }) => group)}::smallint[], ${standIns.map(({ label }) => label ?? 'none')}::text[],
                  ${standIns.map(({ givesWayTo }) => givesWayTo.join(' '))}::text[], ${standIns.map(({ counts }) => counts[0])}::smallint[],
                  ${standIns.map(({ counts }) => counts[1])}::smallint[], ${standIns.map(({ counts }) => counts[2])}::smallint[],
                  ${standIns.map(({ counts }) => counts[3])}::smallint[], ${standIns.map(({ counts }) => counts[4])}::smallint[],
                  ${standIns.map(({ evidence }) => evidence)}::text[])
           s (patient_id, measure_id, group_index, level, gives_way_to, initial_population, denominator, denominator_exclusion,
              denominator_exception, numerator, evidence)`.execute(db)
}

const stricter = (one: Sensitivity | null, other: Sensitivity | null): Sensitivity | null =>
  one === 'part2' || other === 'part2' ? 'part2' : (one ?? other)

/** Declared a program under 42 CFR Part 2 since the records were read: their labels are known from it, and the declaration waits for us. */
export async function isPart2Now(db: Tx['db'], practiceId: string): Promise<boolean> {
  const { rows } = await sql<{ part2: boolean }>`
    select part2_program as part2 from organization where id = ${practiceId} for share`.execute(db)
  return rows[0]?.part2 === true
}

export function labelOf(labels: ReadonlyMap<string, Sensitivity>, isPart2: boolean, chartId: string, evidence: string): Sensitivity | null {
  if ((labels.size === 0 && !isPart2) || evidence === '') return null
  const references = evidence.split(' ')
  if (isPart2 && references.some((one) => !one.startsWith('Patient/'))) return 'part2'
  const found = references.flatMap((reference) => labels.get(labelKey(chartId, reference)) ?? [])
  return found.includes('part2') ? 'part2' : (found[0] ?? null)
}
