import type { PackedMemberships } from '@carecommons/cql'
import { sql } from 'kysely'
import type { Sensitivity } from '#modules/record'
import type { Tx } from '#shared/sessions'
import { labelKey, type ReadCharts, recordedKey } from './read-charts.ts'

export interface MembershipsOf {
  readonly practiceId: string
  readonly runId: string
  /** Ids of the measures in the order they were evaluated in. */
  readonly measureIds: readonly string[]
}

/** Writes where charts stand. A membership that a labelled resource decided is labelled as it is; of several labels the stricter counts. */
export async function keepMemberships(
  db: Tx['db'],
  { practiceId, runId, measureIds }: MembershipsOf,
  { charts, labels, recorded, lookedFor }: ReadCharts,
  packed: PackedMemberships,
): Promise<void> {
  const { rows } = packed
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
                  ${rows.map(({ evidence }, index) => labelOf(labels, isPart2, chartIds[index]!, evidence))}::text[],
                  ${rows.map(({ measure }, index) => (lookedFor.has(measure) ? (recorded.get(recordedKey(chartIds[index]!, measure)) ?? '-infinity') : null))}::date[],
                  ${rows.map(({ strata }) => strata && JSON.stringify(strata))}::text[])
           m (patient_id, measure_id, group_index, initial_population, denominator, denominator_exclusion, denominator_exception, numerator,
              evidence, sensitivity, recorded_on, strata)`.execute(db)
}

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
