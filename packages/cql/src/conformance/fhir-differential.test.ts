import fc from 'fast-check'
import { packageContent } from '../package/package-content.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import { starterPackages } from '../starter-packages.fixture.ts'
import { drawn } from './draw.fixture.ts'
import { elmWords } from './elm-words.fixture.ts'
import { explainedDifferences } from './explained-differences.fixture.ts'
import { fhirDifferences } from './fhir-differences.fixture.ts'
import { randomChart } from './random-chart.fixture.ts'
import { RandomLibrary, type RandomDefinition } from './random-fhir-elm.fixture.ts'

let helpers: ElmLibrary
beforeAll(async () => {
  const [first] = (await starterPackages()).values()
  helpers = packageContent(first!.bundle).libraries.find(({ elm }) => elm?.identifier.id === 'FHIRHelpers')!.elm!
}, 120_000)

const libraries = drawn(300, (draw): readonly RandomDefinition[] => new RandomLibrary(draw).definitions)

/** FUZZ_RUNS and FUZZ_SECONDS for long runs, which tell the first difference as it is, FUZZ_SEED for others. A run that the time ends has failed: fewer were compared. */
const runs = {
  numRuns: Number(process.env.FUZZ_RUNS ?? 200),
  seed: Number(process.env.FUZZ_SEED ?? 20_260_615),
  endOnFailure: 'FUZZ_RUNS' in process.env,
}
const seconds = Number(process.env.FUZZ_SECONDS ?? 300)

it('random libraries over random records are for us what they are for cql-execution, or the difference is explained by the specification', async () => {
  const unexplained = async (definitions: readonly RandomDefinition[], chart: readonly Record<string, unknown>[]): Promise<string[]> =>
    (await fhirDifferences(definitions, chart, helpers))
      .filter((difference) => !explainedDifferences.some(({ explains }) => explains(difference)))
      .map(({ words, operands, ours, theirs }) => `${words}\n  of ${operands.join(' | ')}\n  is for us ${ours} and for them ${theirs}`)
  await fc.assert(
    fc.asyncProperty(libraries, drawn(600, randomChart), async (definitions, chart) => {
      const found = await unexplained(definitions, chart)
      if (found.length === 0) return
      const library = definitions.map(({ name, expression }) => `define ${name}: ${elmWords(expression)}`)
      throw new Error([...found, ...library, JSON.stringify(chart)].join('\n'))
    }),
    { ...runs, includeErrorInReport: true, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: true },
  )
}, 36_000_000)
