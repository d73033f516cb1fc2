import type { Tx } from '@carecommons/domain'
import { addDays, type Id, newId } from '@carecommons/kernel'
import { chartCounts, NOW, type PayerKey, PERIOD, type PracticeKey } from './world-facts.ts'

interface Ground {
  readonly regionId: Id<'Region'>
  readonly practices: Readonly<Record<PracticeKey, Id<'Organization'>>>
  readonly payers: Readonly<Record<PayerKey, Id<'Organization'>>>
  readonly charts: Readonly<Record<PracticeKey, readonly Id<'Patient'>[]>>
}

/** `control` is better high, `poor` better low. */
const measures = [
  { id: 'control', hash: 'c'.repeat(64), improvement: 'increase', title: 'Blood pressure control' },
  { id: 'poor', hash: 'd'.repeat(64), improvement: 'decrease', title: 'Poor glycemic control' },
] as const

const FIRST_DUE = '2026-03-05'

/**
 * One published run over 2025. Every chart is in every denominator; in each measure, numbers divisible by 4 are excluded and even
 * numbers are in the numerator. So of `control` the odd ones are open, of `poor` those even ones that are not excluded. What is closed in `control`
 * comes due one after the other, three days for each number.
 */
export async function plantMeasures(db: Tx['db'], { regionId, practices, payers, charts }: Ground): Promise<Id<'MetricRun'>> {
  const runId = newId<'MetricRun'>()
  const packages = measures.map(({ id, hash, improvement, title }) => ({
    hash,
    measure_id: id,
    version: '1.0.0',
    title,
    description: `${title} in words.`,
    improvement,
    source_hash: hash,
    bundle: '{}',
    value_set_hashes: { [`https://example.org/ValueSet/${id}`]: 'e'.repeat(64) },
    loaded_at: NOW,
  }))
  await db.insertInto('measure_package').values(packages).execute()
  await db
    .insertInto('measure_term')
    .values(
      measures.map(({ id, hash }, position) => ({
        ...{ id: newId<'MeasureTerm'>(), measure_id: id, package_hash: hash, starts_on: '1900-01-01', ends_on: null, position },
        ...{ agreed_by: null, agreed_with: 'Starter set', agreed_at: NOW },
      })),
    )
    .execute()
  await db
    .insertInto('metric_run')
    .values({
      id: runId,
      region_id: regionId,
      period_start: PERIOD.start,
      period_end: PERIOD.end,
      watermark: 7n,
      package_hashes: measures.map(({ hash }) => hash),
      engine: 'test',
      state: 'published',
      idempotency_key: 'planted',
      requested_at: '2026-01-05T00:00:00Z',
      started_at: '2026-01-05T00:00:01Z',
      finished_at: '2026-01-05T00:01:00Z',
    })
    .execute()
  await db
    .insertInto('publication')
    .values({ period_start: PERIOD.start, period_end: PERIOD.end, run_id: runId, published_at: '2026-01-05T00:01:00Z' })
    .execute()
  const region = { initial_population: 0, denominator: 0, denominator_exclusion: 0, denominator_exception: 0, numerator: 0 }
  for (const key of Object.keys(charts) as PracticeKey[]) {
    const practiceId = practices[key]
    const stands = charts[key].map((patientId, n) => ({
      patientId,
      excluded: n % 4 === 0 ? 1 : 0,
      met: n % 4 !== 0 && n % 2 === 0 ? 1 : 0,
    }))
    const persons = await db.selectFrom('patient').select(['id', 'person_id']).where('practice_id', '=', practiceId).execute()
    const personOf = new Map(persons.map(({ id, person_id }) => [id, person_id]))
    // Who covered them in 2025: see plantCharts.
    await db
      .insertInto('run_member')
      .values(
        charts[key].map((patientId, n) => ({
          ...{ practice_id: practiceId, run_id: runId, patient_id: patientId, person_id: personOf.get(patientId)! },
          payer_id: n % 2 === 0 ? payers.pine : payers.quill,
        })),
      )
      .execute()
    await db
      .insertInto('measure_membership')
      .values(
        measures.flatMap(({ id }) =>
          stands.map(({ patientId, excluded, met }) => ({
            practice_id: practiceId,
            run_id: runId,
            patient_id: patientId,
            measure_id: id,
            group_index: 0,
            initial_population: 1,
            denominator: 1,
            denominator_exclusion: excluded,
            denominator_exception: 0,
            numerator: met,
            evidence: ['Observation/a1c-2'],
          })),
        ),
      )
      .execute()
    const counts = {
      initial_population: stands.length,
      denominator: stands.length,
      denominator_exclusion: stands.filter(({ excluded }) => excluded).length,
      denominator_exception: 0,
      numerator: stands.filter(({ met }) => met).length,
    }
    for (const count of Object.keys(region) as (keyof typeof region)[]) region[count] += counts[count]
    await db
      .insertInto('metric_chunk')
      .values({
        id: newId(),
        run_id: runId,
        practice_id: practiceId,
        ordinal: 0,
        first_patient_id: charts[key][0]!,
        last_patient_id: charts[key].at(-1)!,
        charts: chartCounts[key],
        finished_at: '2026-01-05T00:00:30Z',
      })
      .execute()
    await db
      .insertInto('coming_gap_state')
      .values({ practice_id: practiceId, run_id: runId, state: key === 'cedar' ? 'under-way' : 'ready' })
      .execute()
    await db
      .insertInto('coming_gap')
      .values(
        stands.flatMap(({ patientId, met }, n) =>
          met ? [{ practice_id: practiceId, patient_id: patientId, measure_id: 'control', due_on: addDays(FIRST_DUE, n * 3) }] : [],
        ),
      )
      .execute()
    await plantMonths(db, practiceId, stands.length)
    await db
      .insertInto('score')
      .values(
        measures.map(({ id }) => ({ id: newId(), run_id: runId, practice_id: practiceId, measure_id: id, group_index: 0, ...counts })),
      )
      .execute()
  }
  await db
    .insertInto('score')
    .values(measures.map(({ id }) => ({ id: newId(), run_id: runId, practice_id: null, measure_id: id, group_index: 0, ...region })))
    .execute()
  await plantPerformance(db, runId, practices, payers)
  return runId
}

/** Three months of each measure, better by one person a month; the same everywhere, for a rate may hold anybody's digits. */
async function plantMonths(db: Tx['db'], practiceId: Id<'Organization'>, people: number): Promise<void> {
  const ends = ['2025-10-31', '2025-11-30', '2025-12-31']
  await db
    .insertInto('month_state')
    .values({
      ...{ practice_id: practiceId, ends_on: ends.at(-1)!, package_hashes: measures.map(({ hash }) => hash) },
      ...{ engine: 'test', watermark: 7n, living: people, worked_out_at: '2026-01-05T00:02:00Z' },
    })
    .execute()
  await db
    .insertInto('month_score')
    .values(
      measures.flatMap(({ id, hash }) =>
        ends.map((endsOn, month) => ({
          ...{
            practice_id: practiceId,
            measure_id: id,
            ends_on: endsOn,
            package_hash: hash,
            counted: 40,
            numerator: 20 + month,
          },
          ...{ open_before: month === 0 ? null : 2, closed: month === 0 ? null : 1 },
        })),
      ),
    )
    .execute()
}

/** Pine sees its region rows and Alder; Birch is hidden. Quill has a row of its own that Pine must not meet. */
async function plantPerformance(
  db: Tx['db'],
  runId: Id<'MetricRun'>,
  practices: Ground['practices'],
  payers: Ground['payers'],
): Promise<void> {
  const row = (payerId: string, practiceId: string | null, measureId: string, counts: readonly number[] | null) => ({
    id: newId(),
    run_id: runId,
    payer_id: payerId,
    practice_id: practiceId,
    measure_id: measureId,
    group_index: 0,
    hidden: counts === null,
    figures_of: counts === null ? null : runId,
    initial_population: counts?.[0] ?? null,
    denominator: counts?.[1] ?? null,
    denominator_exclusion: counts?.[2] ?? null,
    denominator_exception: counts?.[3] ?? null,
    numerator: counts?.[4] ?? null,
  })
  await db
    .insertInto('payer_performance')
    .values([
      row(payers.pine, practices.birch, 'control', null),
      row(payers.pine, practices.alder, 'control', [120, 100, 0, 0, 60]),
      row(payers.pine, practices.cedar, 'control', [110, 100, 0, 0, 50]),
      row(payers.pine, null, 'poor', [400, 300, 20, 20, 26]),
      row(payers.pine, null, 'control', [400, 300, 0, 0, 150]),
      row(payers.quill, null, 'control', [77777, 77777, 0, 0, 44444]),
    ])
    .execute()
}
