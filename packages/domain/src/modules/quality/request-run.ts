import { type Day, type Id, newId, type Refusal, refused } from '@carecommons/kernel'
import { askForJob } from '#modules/work'
import type { Tx } from '#shared/sessions'
import { isCalendarYear } from './calendar-year.ts'

export interface RunRequest {
  readonly regionId: string
  readonly period: { readonly start: Day; readonly end: Day }
  /** In the region's calendar. */
  readonly today: Day
  /** The same key is the same request, however often it is made. */
  readonly idempotencyKey: string
  readonly requestedBy: string | null
  /** A run to compute once more: with its packages, over the facts that stood at its watermark. */
  readonly repeats?: string | null
}

/** Asks for a run: the run and the ledger row of its first job, in the caller's transaction. The same key answers the same run. */
export async function requestRun(
  db: Tx['db'],
  { regionId, period, today, idempotencyKey, requestedBy, repeats = null }: RunRequest,
): Promise<Id<'MetricRun'> | Refusal> {
  if (!isCalendarYear(period))
    return refused('PeriodNotAYear', 'Measures are computed over whole calendar years: 1 January to 31 December.')
  // Lists of gaps follow the newest period: one that has not begun would empty them.
  if (period.start > today)
    return refused('PeriodNotBegun', `${period.start.slice(0, 4)} has not begun. Until it does there is nothing to count over it.`)
  if (repeats !== null && !(await isComputed(db, repeats, period)))
    return refused('NothingToRepeat', 'There is no computed run of this id over this period.')
  const id = newId<'MetricRun'>()
  const at = new Date().toISOString()
  const [inserted] = await db
    .insertInto('metric_run')
    .values({
      id,
      region_id: regionId,
      period_start: period.start,
      period_end: period.end,
      package_hashes: [],
      repeats,
      state: 'queued',
      idempotency_key: idempotencyKey,
      requested_by: requestedBy,
      requested_at: at,
    })
    .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
    .returning('id')
    .execute()
  if (!inserted) {
    const present = await db
      .selectFrom('metric_run')
      .select(['id', 'period_start', 'period_end'])
      .where('idempotency_key', '=', idempotencyKey)
      .executeTakeFirstOrThrow()
    const same = present.period_start === period.start && present.period_end === period.end
    return same ? present.id : refused('IdempotencyKeyReused', 'This idempotency key was used for a run over another period.')
  }
  await askForJob(db, { name: 'measures.run', subjectId: id, at })
  return id
}

/** A live run has moved on: what it began as can be repeated, at the watermark of that. */
const isComputed = async (db: Tx['db'], id: string, period: RunRequest['period']): Promise<boolean> =>
  (await db
    .selectFrom('metric_run')
    .select('id')
    .where('id', '=', id)
    .where('period_start', '=', period.start)
    .where('period_end', '=', period.end)
    .where('state', '=', 'published')
    .where('live_of', 'is', null)
    .executeTakeFirst()) !== undefined
