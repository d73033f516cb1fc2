import type { EnginePool } from '@carecommons/cql'
import {
  type BulkConnection,
  countPractice,
  evaluateChunk,
  failComingGaps,
  failComparison,
  failDeckCheck,
  failExport,
  failPlan,
  failRegistryComparison,
  failRun,
  failTrial,
  failUpload,
  finishJob,
  labelPractice,
  landUpload,
  type LedgerJob,
  type LoadedMeasures,
  type LoadedRegistries,
  mailEmergency,
  mailInvitation,
  mailRenewed,
  noteEmergencyUnmailed,
  noteInvitationUnmailed,
  PackageDamaged,
  planRun,
  type Post,
  publishRun,
  readJob,
  runComparison,
  runDeckCheck,
  runRegistryComparison,
  runTrial,
  scoreRun,
  type Sessions,
  undoneAmong,
  workOutComingGaps,
  workOutPlan,
  writeExport,
} from '@carecommons/domain'
import { JobFailure, type JobHandlers, type Jobs, PermanentFailure, type RunningJob } from '@carecommons/jobs'

export interface Machinery {
  readonly sessions: Sessions
  /** A connection of its own for loading. */
  readonly openBulk: () => Promise<BulkConnection>
  readonly jobs: Jobs
  readonly pool: EnginePool
  readonly measures: LoadedMeasures
  readonly registries: LoadedRegistries
  /** Engine name and version, as runs remember it. */
  readonly engine: string
  readonly post: Post
}

/** What each kind of job does. Every handler can be delivered twice, or cut short at any moment. */
export function handlers(machinery: Machinery): JobHandlers {
  const { sessions, openBulk, jobs, pool, measures, registries, engine, post } = machinery
  const of = (work: (job: LedgerJob) => Promise<unknown>) => (delivery: RunningJob) => carryOut(machinery, delivery, work)
  return {
    'measures.run': of(async ({ subjectId }) => {
      const tree = await planRun(sessions, subjectId, engine)
      if (tree) await jobs.enqueueFlow(tree)
    }),
    'measures.evaluate-chunk': of(({ subjectId, practiceId }) => evaluateChunk(sessions, pool, measures, subjectId, practiceId!)),
    'measures.score': of(({ subjectId }) => scoreRun(sessions, subjectId)),
    'measures.publish': of(({ subjectId }) => publishRun(sessions, subjectId)),
    'measures.coming-gaps': of(({ subjectId, practiceId }) => workOutComingGaps(sessions, pool, measures, subjectId, practiceId!)),
    'registries.count': of(({ subjectId, practiceId }) => countPractice({ sessions, pool, registries }, subjectId, practiceId!)),
    'registries.compare': of(({ subjectId }) => runRegistryComparison({ sessions, pool, registries }, subjectId)),
    'packages.check-deck': of(({ subjectId }) => runDeckCheck(sessions, pool, measures, subjectId)),
    'packages.try-draft': of(({ subjectId }) => runTrial(sessions, pool, subjectId)),
    'packages.compare': of(({ subjectId }) => runComparison(sessions, pool, measures, subjectId)),
    'lists.export': of(({ subjectId }) => writeExport({ sessions, clock: post.clock }, subjectId)),
    'staff.plan': of(({ subjectId }) => workOutPlan(sessions, subjectId)),
    'intake.import': of(({ subjectId, practiceId }) => landUpload({ sessions, openBulk }, subjectId, practiceId!)),
    'record.label': of(({ practiceId }) => labelPractice(sessions, practiceId!)),
    'mail.invitation': of(({ subjectId }) => mailInvitation(sessions, post, subjectId)),
    'mail.renewed': of(({ subjectId }) => mailRenewed(sessions, post, subjectId)),
    'mail.emergency': of(({ subjectId, practiceId }) => mailEmergency(sessions, post, { id: subjectId, practiceId: practiceId! })),
  }
}

/** Reads the ledger row, works, marks it done; a last failure ends the run that it was part of. */
async function carryOut(machinery: Machinery, delivery: RunningJob, work: (job: LedgerJob) => Promise<unknown>): Promise<void> {
  const { sessions } = machinery
  const job = await readJob(sessions, delivery.jobId)
  if (!job || job.name !== delivery.name) throw new PermanentFailure('LedgerRowMissing', 'No ledger row stands behind this entry.')
  if (job.state !== 'queued') return
  try {
    await work(job)
  } catch (error) {
    const failure = error instanceof PackageDamaged ? new PermanentFailure('PackageDamaged', error.message) : error
    if (failure instanceof PermanentFailure || delivery.attempt >= delivery.attempts) await giveUp(machinery, job, failure)
    throw failure
  }
  await finishJob(sessions, job.id, { state: 'done' })
}

/**
 * Gives up jobs whose entry the queue has buried while the ledger still waits for them: entries that were edited in storage, that
 * killed too many workers, or that waited for such a one. Without this their run would be under way for ever.
 */
export async function giveUpBuried(machinery: Pick<Machinery, 'sessions' | 'jobs' | 'post'>): Promise<void> {
  const { sessions, jobs } = machinery
  const buried = Map.groupBy(await jobs.failed(undefined, 1000), ({ jobId }) => jobId ?? '')
  buried.delete('')
  if (buried.size === 0) return
  const waitedFor = (await undoneAmong(sessions, [...buried.keys()])).map((job) => ({ job, reason: buried.get(job.id)![0]! }))
  // Those that only waited come last, so that the run keeps the words of the cause.
  waitedFor.sort((a, b) => Number(a.reason.code === 'ChildFailed') - Number(b.reason.code === 'ChildFailed'))
  for (const { job, reason } of waitedFor) await giveUp(machinery, job, new JobFailure(reason.code, reason.message))
}

/** The words of whoever waits: what went wrong where that may be told, and the id that finds the rest in the log. */
async function giveUp({ sessions, post }: Pick<Machinery, 'sessions' | 'post'>, job: LedgerJob, thrown: unknown): Promise<void> {
  const failure = `${thrown instanceof JobFailure ? thrown.message : 'A job failed for the last time.'} Quote ${job.id}.`
  await finishJob(sessions, job.id, { state: 'failed', failure })
  if (job.name === 'mail.invitation') return noteInvitationUnmailed(sessions, post.clock, job.subjectId)
  if (job.name === 'mail.emergency') return noteEmergencyUnmailed(sessions, post, { id: job.subjectId, practiceId: job.practiceId! })
  if (job.name === 'packages.check-deck') return failDeckCheck(sessions, job.subjectId, failure)
  if (job.name === 'packages.try-draft') return failTrial(sessions, job.subjectId, failure)
  if (job.name === 'packages.compare') return failComparison(sessions, job.subjectId, failure)
  if (job.name === 'registries.compare') return failRegistryComparison(sessions, job.subjectId, failure)
  if (job.name === 'measures.coming-gaps') return failComingGaps(sessions, job.subjectId, job.practiceId!)
  if (job.name === 'intake.import') return failUpload(sessions, { uploadId: job.subjectId, practiceId: job.practiceId!, failure })
  if (job.name === 'staff.plan') return failPlan(sessions, job.subjectId, failure)
  if (job.name === 'lists.export') return failExport(sessions, job.subjectId, failure)
  if (['record.label', 'mail.renewed', 'registries.count'].includes(job.name)) return
  const runId = job.name === 'measures.evaluate-chunk' ? await runOfChunk(sessions, job.subjectId) : job.subjectId
  if (runId) await failRun(sessions, runId, failure)
}

async function runOfChunk(sessions: Sessions, chunkId: string): Promise<string | undefined> {
  const row = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    db.selectFrom('metric_chunk').select('run_id').where('id', '=', chunkId).executeTakeFirst(),
  )
  return row?.run_id
}
