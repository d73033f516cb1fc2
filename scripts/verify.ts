// `npm run verify`: every guard and every suite with what this machine has; stops at the first failure unless --keep-going.
import { runChecks } from '../test/run-checks.ts'
import { inWords } from './verify/run-steps.ts'

const summary = await runChecks(process.argv.slice(2), { keepGoing: false })
console.log(`\n${summary.failedSteps.length === 0 ? 'All is well' : `Failed: ${summary.failedSteps.join(', ')}`}; ${inWords(summary)}.`)
process.exit(summary.failedSteps.length === 0 ? 0 : 1)
