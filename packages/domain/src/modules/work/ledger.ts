import type { LedgerJobName } from '@carecommons/jobs'
import { sql, type SqlBool } from 'kysely'
import type { Sessions } from '#shared/sessions'

const SCOPE = { kind: 'worker', practiceIds: 'none' } as const

/** A row of the job ledger. Its practice, not anything in the queue, is what a job may touch. */
export interface LedgerJob {
  readonly id: string
  readonly name: LedgerJobName
  readonly subjectId: string
  readonly practiceId: string | null
  readonly state: 'queued' | 'done' | 'failed'
}

export async function readJob(sessions: Sessions, jobId: string): Promise<LedgerJob | null> {
  const row = await sessions.within(SCOPE, ({ db }) => db.selectFrom('job').selectAll().where('id', '=', jobId).executeTakeFirst())
  if (!row) return null
  return {
    id: row.id,
    name: row.name as LedgerJobName,
    subjectId: row.subject_id ?? '',
    practiceId: row.practice_id ?? null,
    state: row.state,
  }
}

export async function finishJob(
  sessions: Sessions,
  jobId: string,
  outcome: { state: 'done' } | { state: 'failed'; failure: string },
): Promise<void> {
  const failure = outcome.state === 'failed' ? outcome.failure : null
  await sessions.within(SCOPE, async ({ db }) => {
    await sql`update job set state = ${outcome.state}, finished_at = now(), failure = ${failure} where id = ${jobId}`.execute(db)
  })
}

/** Whoever asked for figures waits for them: what nobody waits for gives way. */
export const NO_RUN_WAITS = sql<SqlBool>`not exists (select from metric_run where state in ('queued', 'evaluating', 'scoring'))`

/** What nobody waits for: a few at a time. */
const BACKGROUND = ['measures.coming-gaps', 'registries.count'] as const satisfies readonly LedgerJobName[]
const BACKGROUND_AT_ONCE = 4

/**
 * Hands rows that nobody delivered yet to `deliver`, and marks them; if it fails, or the process dies, they are handed out again. With
 * `background` also what nobody waits for.
 */
export async function relayJobs(sessions: Sessions, background: boolean, deliver: (jobs: LedgerJob[]) => Promise<void>): Promise<number> {
  return sessions.within(SCOPE, async ({ db }) => {
    const { rows } = await sql<LedgerJob>`
      update job set enqueued_at = now()
       where id in (select id from job where state = 'queued' and enqueued_at is null and name <> all (${[...BACKGROUND]}::text[])
                     order by id limit 200 for update skip locked)
      returning id, name, subject_id as "subjectId", practice_id as "practiceId", state`.execute(db)
    const unhurried = await sql<LedgerJob>`
      update job set enqueued_at = now()
       where id in (select id from job where state = 'queued' and enqueued_at is null and name = any (${[...BACKGROUND]}::text[])
                       and ${background} and ${NO_RUN_WAITS}
                     order by id
                     limit greatest(0, ${BACKGROUND_AT_ONCE} - (select count(*) from job where state = 'queued' and enqueued_at is not null
                                                                                           and name = any (${[...BACKGROUND]}::text[])))
                       for update skip locked)
      returning id, name, subject_id as "subjectId", practice_id as "practiceId", state`.execute(db)
    const all = [...rows, ...unhurried.rows]
    if (all.length > 0) await deliver(all)
    return all.length
  })
}

/** Single jobs delivered a while ago and still not done: their queue entry may have been lost. */
export async function overdueJobs(sessions: Sessions, olderThanSeconds: number): Promise<LedgerJob[]> {
  return sessions.within(SCOPE, async ({ db }) => {
    const { rows } = await sql<LedgerJob>`
      select id, name, subject_id as "subjectId", practice_id as "practiceId", state from job
       where state = 'queued' and enqueued_at < now() - make_interval(secs => ${olderThanSeconds})
         and name not in ('measures.evaluate-chunk', 'measures.score', 'measures.publish') order by id limit 1000`.execute(db)
    return rows
  })
}

/** Those of some jobs that the ledger still waits for. */
export async function undoneAmong(sessions: Sessions, jobIds: readonly string[]): Promise<LedgerJob[]> {
  return sessions.within(SCOPE, async ({ db }) => {
    const { rows } = await sql<LedgerJob>`
      select id, name, subject_id as "subjectId", practice_id as "practiceId", state from job
       where id = any (${[...jobIds]}::uuid[]) and state = 'queued' order by id`.execute(db)
    return rows
  })
}
