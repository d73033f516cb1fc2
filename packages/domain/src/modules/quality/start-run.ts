import { isRefusal, type Refusal, refused } from '@carecommons/kernel'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import type { MetricRunType, PeriodType } from './quality.graphql.ts'
import { readRun } from './read-runs.ts'
import { requestRun } from './request-run.ts'

/** Asks for a run. The same key gives the same run; the worker takes it up from the ledger. */
export async function startRun(ctx: Ctx, period: PeriodType, idempotencyKey: string): Promise<MetricRunType | Refusal> {
  if (!/^[\x21-\x7e]{8,200}$/.test(idempotencyKey)) {
    return refused('IdempotencyKeyUnusable', 'An idempotency key has 8 to 200 printable characters without spaces.')
  }
  return ctx.write(async (tx) => {
    const id = await requestRun(tx.db, {
      regionId: ctx.region.id,
      period,
      today: ctx.clock.today(ctx.region.timeZone),
      // A key belongs to the person who made it up: nobody can meet another's, or one of the schedule.
      idempotencyKey: `${ctx.viewer.userId} ${idempotencyKey}`,
      requestedBy: ctx.viewer.userId,
    })
    if (isRefusal(id)) return id
    await keepEvent(tx, ctx, { action: 'start', subject: 'MetricRun', subjectIds: [id] })
    const run = await readRun({ ...ctx, tx: async () => tx }, id)
    if (!run) throw new Error(`Run ${id} was requested and cannot be read.`)
    return run
  })
}
