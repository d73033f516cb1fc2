import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'
import type { PopulationCounts } from './suppress.ts'

/** A run's figures for the region, in the order of the measure set; for whoever operates the region. */
export async function readRegionScores(sessions: Sessions, runId: string): Promise<(PopulationCounts & { readonly title: string })[]> {
  const { rows } = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    sql<PopulationCounts & { title: string }>`
      select k.title, s.initial_population as "initialPopulation", s.denominator, s.denominator_exclusion as "denominatorExclusion",
             s.denominator_exception as "denominatorException", s.numerator
        from score s join metric_run r on r.id = s.run_id
        join measure_package k on k.measure_id = s.measure_id and k.hash = any (r.package_hashes)
       where s.run_id = ${runId} and s.practice_id is null order by array_position(r.package_hashes, k.hash), s.group_index`.execute(db),
  )
  return rows
}
