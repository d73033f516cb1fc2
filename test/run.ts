// `npm test`: brings what the tests need, runs every guard and every suite, and ends with one line of counts.
import { inWords, type Summary } from '../scripts/verify/run-steps.ts'
import { runChecks } from './run-checks.ts'
import { installPrograms } from './support/apt.ts'

const start = performance.now()
const missing = await installPrograms((line) => console.log(line))
for (const line of missing) console.log(line)
// Continuous checks that quietly leave tests out would check less and less.
const refused = missing.length > 0 && process.env.CI === 'true'
const summary: Summary = refused
  ? { passed: 0, failed: 1, skipped: 0, failedSteps: ['missing programs'], absentSteps: [] }
  : await runChecks(process.argv.slice(2), { keepGoing: true })

const { failedSteps, absentSteps } = summary
const minutes = ((performance.now() - start) / 60_000).toFixed(1)
if (absentSteps.length > 0) console.log(`\nNothing to run yet in: ${absentSteps.join(', ')}.`)
console.log(
  failedSteps.length === 0 ? `\nAll is well after ${minutes} minutes.` : `\nFailed after ${minutes} minutes: ${failedSteps.join(', ')}.`,
)
console.log(inWords(summary))
process.exit(failedSteps.length === 0 ? 0 : 1)
