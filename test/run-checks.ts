import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { stopPrograms } from '../scripts/verify/run-program.ts'
import { runSteps, type Summary } from '../scripts/verify/run-steps.ts'
import { NothingToRun, prepareSteps } from './steps.ts'
import { endLeftovers, runMark } from './support/leftovers.ts'

/**
 * Runs the steps the command line asks for (`[--only NAME[,NAME]] [--keep-going] [PATTERN ...]`) and leaves no process behind, also when
 * interrupted. Processes that a test left behind are ended and count as a failed step.
 */
export async function runChecks(args: readonly string[], defaults: { keepGoing: boolean }): Promise<Summary> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { only: { type: 'string', multiple: true, default: [] }, 'keep-going': { type: 'boolean', default: defaults.keepGoing } },
  })
  const run = randomUUID()
  process.env[runMark] = run
  const only = values.only.flatMap((names) => names.split(','))
  const { steps, close } = await prepareSteps({ only, patterns: positionals }).catch(explain)

  let interrupted = false
  const interrupt = (signal: NodeJS.Signals): void => {
    if (interrupted) return
    interrupted = true
    console.log(`\nStopping (${signal}) …`)
    void stopPrograms()
  }
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)

  const summary = await runSteps(steps, { keepGoing: values['keep-going'] })
  await close()
  const left = endLeftovers(run)
  for (const process of left) console.log(`✗ left behind: ${process}`)
  if (interrupted) process.exit(130)
  if (left.length === 0) return summary
  return { ...summary, failed: summary.failed + 1, failedSteps: [...summary.failedSteps, 'processes left behind'] }
}

function explain(error: unknown): never {
  if (!(error instanceof NothingToRun)) throw error
  console.error(error.message)
  process.exit(2)
}
