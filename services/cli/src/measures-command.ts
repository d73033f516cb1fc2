import { loadStarterSet } from '@carecommons/domain'
import { isUuid, newId, systemClock } from '@carecommons/kernel'
import { openWorker } from '@carecommons/worker'
import { CommandFault } from './command-fault.ts'
import { listenForInterruption } from './interruption.ts'
import { openCommons, presentRegion } from './open-commons.ts'
import { openQueue } from './open-queue.ts'
import { askForRun, calendarYear, loadMeasures, watchRun } from './run-measures.ts'
import { logLine } from './log-line.ts'
import { profilePrefixes } from './profile-prefixes.ts'
import { printScores } from './print-scores.ts'
import { say } from './terminal.ts'
import { postOf, sealingOf } from './worker-parts.ts'

/** `commons measures run --year 2020`: computes the measure set over a calendar year, publishes and prints it. */
export async function measuresRunCommand({ year, repeat }: { year: string; repeat?: string }): Promise<void> {
  if (!/^(19|20)\d\d$/.test(year)) throw new CommandFault('--year takes a calendar year, for example 2026.')
  if (repeat !== undefined && !isUuid(repeat)) throw new CommandFault('--repeat takes the id of a run.')
  const prefixes = profilePrefixes(process.env)
  const interruption = listenForInterruption()
  const commons = await openCommons()
  try {
    const region = await presentRegion(commons)
    await loadMeasures(loadStarterSet(commons.database))
    const jobs = await openQueue(commons)
    const worker = await openWorker({
      sessions: commons.database,
      jobs,
      clock: systemClock,
      region,
      ...postOf(commons),
      seal: sealingOf(commons),
      onlyRuns: true,
      ...prefixes,
      log: logLine,
    })
    try {
      const period = calendarYear(Number(year))
      const runId = await askForRun(commons, region, period, `command ${newId()}`, repeat)
      await watchRun(commons, runId, period, interruption)
      await printScores(commons, runId)
    } finally {
      await worker.close()
    }
  } catch (error) {
    if (!interruption.aborted) throw error
    say('The run stopped. What it computed is kept; it goes on when a worker is there again (npm start).')
    process.exitCode = 130
  } finally {
    await commons.close()
  }
}
