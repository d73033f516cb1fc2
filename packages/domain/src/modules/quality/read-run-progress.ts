import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'
import type { RunStateName } from './quality.entity.ts'

export interface RunProgressNow {
  readonly state: RunStateName
  readonly chartsDone: number
  readonly chartsTotal: number
  /** Charts that the engine could not evaluate. */
  readonly unevaluated: number
  readonly failure: string | null
}

/** How far a run is, for whoever operates the region. */
export async function readRunProgress(sessions: Sessions, runId: string): Promise<RunProgressNow> {
  const { rows } = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    sql<RunProgressNow>`
      select r.state, r.failure, coalesce(sum(c.charts), 0)::int as "chartsTotal", coalesce(sum(c.unevaluated), 0)::int as unevaluated,
             coalesce(sum(c.charts) filter (where c.finished_at is not null), 0)::int as "chartsDone"
        from metric_run r left join metric_chunk c on c.run_id = r.id where r.id = ${runId} group by r.id`.execute(db),
  )
  const [run] = rows
  if (!run) throw new Error(`There is no metric run ${runId}.`)
  return run
}
