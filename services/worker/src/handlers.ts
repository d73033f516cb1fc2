import type { EnginePool } from '@carecommons/cql'
import {
  evaluateChunk,
  failRun,
  finishJob,
  type LedgerJob,
  type LoadedMeasures,
  planRun,
  publishRun,
  readJob,
  scoreRun,
  type Sessions,
} from '@carecommons/domain'
import { type JobHandlers, type Jobs, PermanentFailure, type RunningJob } from '@carecommons/jobs'

export interface Machinery {
  readonly sessions: Sessions
  readonly jobs: Jobs
  readonly pool: EnginePool
  readonly measures: LoadedMeasures
  /** Engine name and version, as runs remember it. */
  readonly engine: string
}

/** What each kind of job does. Every handler can be delivered twice, or cut short at any moment. */
export function handlers(machinery: Machinery): JobHandlers {
  const { sessions, jobs, pool, measures, engine } = machinery
  const of = (work: (job: LedgerJob) => Promise<unknown>) => (delivery: RunningJob) => carryOut(machinery, delivery, work)
  return {
    'measures.run': of(async ({ subjectId }) => {
      const tree = await planRun(sessions, subjectId, engine)
      if (tree) await jobs.enqueueFlow(tree)
    }),
    'measures.evaluate-chunk': of(({ subjectId, practiceId }) => evaluateChunk(sessions, pool, measures, subjectId, practiceId!)),
    'measures.score': of(({ subjectId }) => scoreRun(sessions, subjectId)),
    'measures.publish': of(({ subjectId }) => publishRun(sessions, subjectId)),
  }
}

/** Reads the ledger row, works, marks it done; a last failure ends the run that it was part of. */
async function carryOut({ sessions }: Machinery, delivery: RunningJob, work: (job: LedgerJob) => Promise<unknown>): Promise<void> {
  const job = await readJob(sessions, delivery.jobId)
  if (!job || job.name !== delivery.name) throw new PermanentFailure('LedgerRowMissing', 'No ledger row stands behind this entry.')
  if (job.state !== 'queued') return
  try {
    await work(job)
  } catch (error) {
    if (error instanceof PermanentFailure || delivery.attempt >= delivery.attempts) await giveUp(sessions, job)
    throw error
  }
  await finishJob(sessions, job.id, { state: 'done' })
}

async function giveUp(sessions: Sessions, job: LedgerJob): Promise<void> {
  const failure = `A job failed for the last time. Quote ${job.id}.`
  await finishJob(sessions, job.id, { state: 'failed', failure })
  const runId = job.name === 'measures.evaluate-chunk' ? await runOfChunk(sessions, job.subjectId) : job.subjectId
  if (runId) await failRun(sessions, runId, failure)
}

async function runOfChunk(sessions: Sessions, chunkId: string): Promise<string | undefined> {
  const row = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    db.selectFrom('metric_chunk').select('run_id').where('id', '=', chunkId).executeTakeFirst(),
  )
  return row?.run_id
}
