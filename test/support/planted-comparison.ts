import { newId } from '@carecommons/kernel'

interface Behind {
  readonly sql: (text: string, values?: readonly unknown[]) => Promise<Record<string, unknown>[]>
}

/** Of a version that was not there before: of a registry, and by no chart's records. */
export const OTHER_VERSION = 'd'.repeat(64)

/**
 * Another version of diabetes was compared with the one in force: of each practice two charts move, one comes in and one leaves, and the
 * region is told numbers that nobody would meet by chance. Answers the id of the comparison.
 */
export async function plantRegistryComparison(
  { sql }: Behind,
  { userEmail, charts }: { userEmail: string; charts: Readonly<Record<string, readonly string[]>> },
): Promise<string> {
  const id = newId()
  await sql(
    `insert into registry_package select $1, registry, '2.0.0', title, description, sources, cql, 'y', bundle, loaded_at from registry_package
      where hash = repeat('a', 64) on conflict do nothing`,
    [OTHER_VERSION],
  )
  const practices = await sql(`select id from organization where kind = 'practice' order by id`)
  const counts = {
    all: { enters: 47110, leaves: 47120, stays: null },
    practices: practices.map((practice, n) => ({ practiceId: practice['id'], enters: n === 0 ? 47110 : null, leaves: null, stays: 20 })),
    reasons: [{ move: 'leaves', clause: 'Diabetes mellitus among the problems', part: 'entry', change: 'lost', people: 47120 }],
  }
  await sql(
    `insert into registry_comparison (id, registry, before_hash, after_hash, as_of, charts_done, charts_total, counts, state, requested_by, requested_at, finished_at)
     select $1, 'diabetes', repeat('a', 64), $2, '2026-03-01', 42, 42, $3, 'done', u.id, now(), now() from app_user u where u.email = $4`,
    [id, OTHER_VERSION, JSON.stringify(counts), userEmail],
  )
  for (const [comingIn, leaving, staying] of Object.values(charts))
    for (const [chart, change, reasons] of [
      [comingIn, 'enters', [{ clause: 'Glucose of 126 or more', part: 'entry', change: 'gained', facts: ['Observation/glucose'] }]],
      [
        leaving,
        'leaves',
        [{ clause: 'Diabetes mellitus among the problems', part: 'entry', change: 'lost', facts: ['Condition/condition-1'] }],
      ],
      [staying, 'stays', []],
    ] as const)
      await sql(
        `insert into registry_mover (practice_id, comparison_id, patient_id, change, reasons) select practice_id, $1, id, $3, $4 from patient where id = $2`,
        [id, chart, change, JSON.stringify(reasons)],
      )
  return id
}
