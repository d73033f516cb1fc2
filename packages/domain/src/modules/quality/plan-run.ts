import type { JobTree } from '@carecommons/jobs'
import { type Id, newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepJobEvent } from '#modules/audit'
import { allPractices } from '#modules/practice'
import { tellMovement } from '#shared/movements'
import type { Sessions } from '#shared/sessions'
import { setInForce, strataInForce } from './set-in-force.ts'

/** Half a second of work: enough that what a chunk costs beside its charts does not count, few enough that nobody waits long for a turn. */
const CHARTS_PER_CHUNK = 500

/**
 * Plans a requested run: fixes what it reads (data watermark, packages, strata; of a repeated run they are given) and cuts the charts into chunks, each with its ledger row.
 * Answers the jobs to deliver; planning again answers the same ones. Null when the run is over.
 */
export async function planRun(sessions: Sessions, runId: string, engine: string): Promise<JobTree | null> {
  const practiceIds = await allPractices(sessions)
  return sessions.within({ kind: 'worker', practiceIds }, async ({ db }) => {
    const run = await db.selectFrom('metric_run').selectAll().where('id', '=', runId).forUpdate().executeTakeFirstOrThrow()
    if (run.state === 'published' || run.state === 'failed') return null
    if (run.state === 'queued') {
      const inForce = setInForce({ start: run.period_start, end: run.period_end })
      await sql`
        update metric_run set state = 'evaluating', engine = ${engine}, started_at = now(),
               watermark = coalesce((select r.watermark from metric_run r where r.id = metric_run.repeats),
                                    (select value from data_watermark where region_id = metric_run.region_id), 0),
               package_hashes = coalesce((select r.package_hashes from metric_run r where r.id = metric_run.repeats),
                                         array(select package_hash from ${inForce} f order by position, measure_id)),
               strata = case when repeats is null then ${strataInForce({ start: run.period_start, end: run.period_end })}
                             else (select r.strata from metric_run r where r.id = metric_run.repeats) end
         where id = ${runId}`.execute(db)
      await keepJobEvent(db, {
        action: 'read',
        subject: 'ClinicalRecord',
        subjectIds: [runId],
        userId: run.requested_by,
        correlationId: runId,
      })
      await planChunks(db, runId)
      await tellMovement(db, { what: 'runs' })
    }
    return treeOf(db, runId)
  })
}

type Db = Parameters<Parameters<Sessions['within']>[1]>[0]['db']

async function planChunks(db: Db, runId: string): Promise<void> {
  const { rows } = await sql<{ practice_id: Id<'Organization'>; ordinal: number; first: string; last: string; charts: number }>`
    select practice_id, ordinal::int, min(id::text) as first, max(id::text) as last, count(*)::int as charts
      from (select practice_id, id, (row_number() over (partition by practice_id order by id) - 1) / ${CHARTS_PER_CHUNK} as ordinal from patient) p
     group by practice_id, ordinal order by ordinal, practice_id`.execute(db)
  const [scoreId, publishId] = [newId<'Job'>(), newId<'Job'>()]
  const chunks = rows.map((row) => ({ ...row, id: newId<'MetricChunk'>(), jobId: newId<'Job'>() }))
  const at = new Date().toISOString()
  const job = (id: string, name: string, subjectId: string, practiceId: string | null, parentId: string | null) => ({
    id,
    name,
    subject_id: subjectId,
    practice_id: practiceId,
    parent_id: parentId,
    state: 'queued' as const,
    created_at: at,
    // Delivered as one flow by whoever planned it; the relay leaves rows with this mark alone.
    enqueued_at: at,
  })
  await db
    .insertInto('job')
    .values([job(publishId, 'measures.publish', runId, null, null), job(scoreId, 'measures.score', runId, null, publishId)])
    .execute()
  for (let at = 0; at < chunks.length; at += 1000) {
    const some = chunks.slice(at, at + 1000)
    await db
      .insertInto('metric_chunk')
      .values(
        some.map(({ id, practice_id, ordinal, first, last, charts }) => ({
          id,
          run_id: runId,
          practice_id,
          ordinal,
          first_patient_id: first,
          last_patient_id: last,
          charts,
        })),
      )
      .execute()
    await db
      .insertInto('job')
      .values(some.map(({ id, jobId, practice_id }) => job(jobId, 'measures.evaluate-chunk', id, practice_id, scoreId)))
      .execute()
  }
}

/** Publish after score after all chunks that are still to be evaluated; practices take turns. */
async function treeOf(db: Db, runId: string): Promise<JobTree> {
  const jobs = await db
    .selectFrom('job')
    .select(['id', 'name', 'practice_id', 'state'])
    .where((where) =>
      where.or([
        where('subject_id', '=', runId),
        where('subject_id', 'in', where.selectFrom('metric_chunk').select('id').where('run_id', '=', runId)),
      ]),
    )
    .where('name', 'in', ['measures.publish', 'measures.score', 'measures.evaluate-chunk'])
    .orderBy('id')
    .execute()
  const only = (name: string) => jobs.find((job) => job.name === name)!.id
  const chunks = jobs.filter((job) => job.name === 'measures.evaluate-chunk' && job.state === 'queued')
  return {
    jobId: only('measures.publish'),
    name: 'measures.publish',
    children: [
      {
        jobId: only('measures.score'),
        name: 'measures.score',
        children: chunks.map(({ id, practice_id }) => ({ jobId: id, name: 'measures.evaluate-chunk', group: practice_id ?? undefined })),
      },
    ],
  }
}
