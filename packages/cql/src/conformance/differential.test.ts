import fc from 'fast-check'
import { answersOf, differencesAmong } from './both-engines.fixture.ts'
import { explanationOf } from './explained-differences.fixture.ts'
import { isContradicted } from './plain/second-opinion.fixture.ts'
import { randomElm } from './random-elm.fixture.ts'

/** FUZZ_RUNS for long runs, which tell the first difference as it is, FUZZ_SEED for others, FUZZ_SECONDS for how long. A run that the time ends has failed: fewer were compared. */
const runs = {
  numRuns: Number(process.env.FUZZ_RUNS ?? 400),
  seed: Number(process.env.FUZZ_SEED ?? 20_260_615),
  endOnFailure: 'FUZZ_RUNS' in process.env,
}
const seconds = Number(process.env.FUZZ_SECONDS ?? 100)

describe('random expressions', () => {
  it(
    'are for us what a plain second computation has them, and what they are for cql-execution unless a clause of the specification explains it',
    () =>
      fc.assert(
        fc.asyncProperty(randomElm, async (elm) => {
          const answers = await answersOf(elm)
          expect(answers.filter(isContradicted)).toEqual([])
          expect(differencesAmong(answers).filter((difference) => explanationOf(difference) === undefined)).toEqual([])
        }),
        { ...runs, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: true },
      ),
    36_000_000,
  )
})
