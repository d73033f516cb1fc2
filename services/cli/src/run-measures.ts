import { readRunProgress, requestRun, type RegionIdentity } from '@carecommons/domain'
import { type Day, isRefusal, systemClock } from '@carecommons/kernel'
import { setTimeout as pause } from 'node:timers/promises'
import { CommandFault } from './command-fault.ts'
import { type Commons } from './open-commons.ts'
import { progressLine, step } from './terminal.ts'

export interface Period {
  readonly start: Day
  readonly end: Day
}

export const calendarYear = (year: number): Period => ({ start: `${year}-01-01`, end: `${year}-12-31` })

/** Waits for the starter set, and tells how many measures had to be translated. */
export const loadMeasures = (translated: Promise<number>): Promise<number> =>
  step(
    'Measures',
    () => translated,
    (count) => (count > 0 ? `${count} translated from CQL` : 'in force'),
  )

/** Asks for a run; whoever works the queue takes it up. */
export async function askForRun(
  commons: Commons,
  region: RegionIdentity,
  period: Period,
  idempotencyKey: string,
  repeats: string | null = null,
): Promise<string> {
  const outcome = await commons.database.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    requestRun(db, { regionId: region.id, period, today: systemClock.today(region.timeZone), idempotencyKey, requestedBy: null, repeats }),
  )
  if (isRefusal(outcome)) throw new CommandFault(outcome.message)
  return outcome
}

/** Watches a run until it is published; throws when told to stop. */
export async function watchRun(commons: Commons, runId: string, period: Period, interruption: AbortSignal): Promise<void> {
  const line = progressLine('Metric run')
  for (;;) {
    const run = await readRunProgress(commons.database, runId)
    if (run.state === 'published') {
      line.end(`${period.start} to ${period.end}: ${run.chartsTotal.toLocaleString('en-US')} charts, published`)
      if (run.unevaluated > 0) line.end(`could not evaluate ${run.unevaluated} charts; they stand in no figure`)
      return
    }
    if (run.state === 'failed') throw new CommandFault(`The metric run failed. ${run.failure ?? ''}`)
    line.show(
      run.chartsDone,
      run.chartsTotal,
      `${run.state}, ${run.chartsDone.toLocaleString('en-US')} of ${run.chartsTotal.toLocaleString('en-US')} charts`,
    )
    await pause(250, undefined, { signal: interruption })
  }
}
