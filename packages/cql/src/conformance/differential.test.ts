import fc from 'fast-check'
import { differences } from './both-engines.fixture.ts'
import { explainedDifferences } from './explained-differences.fixture.ts'
import { randomElm } from './random-elm.fixture.ts'

describe('random expressions', () => {
  it(
    'are for us what they are for cql-execution, or the difference is explained by the specification',
    () =>
      fc.assert(
        fc.asyncProperty(randomElm, async (elm) => {
          const found = await differences(elm)
          expect(found.filter((difference) => !explainedDifferences.some(({ explains }) => explains(difference)))).toEqual([])
        }),
        { numRuns: 400, seed: Number(process.env.FUZZ_SEED ?? 20_260_615) },
      ),
    120_000,
  )
})
