import fc from 'fast-check'
import { packageContent } from '../package/package-content.ts'
import type { ElmLibrary } from '../front-end/translation.ts'
import { starterPackages } from '../starter-packages.fixture.ts'
import { drawn } from './draw.fixture.ts'
import { elmWords } from './elm-words.fixture.ts'
import { explanationOf } from './explained-differences.fixture.ts'
import { fhirDifferences } from './fhir-differences.fixture.ts'
import { fhirName } from './fhir-paths.fixture.ts'
import { randomChart } from './random-chart.fixture.ts'
import type { ElmJson } from './random-elm.fixture.ts'
import { RandomLibrary, type RandomDefinition } from './random-fhir-elm.fixture.ts'
import { call } from './random-functions.fixture.ts'

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
      .filter((difference) => explanationOf(difference) === undefined)
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

it('a failure in one row of a query is told with a row in which the engines differ', async () => {
  const of = (path: string): ElmJson => ({ type: 'Property', path, source: { type: 'AliasRef', name: 'M' } })
  const dataType = fhirName('FHIR.MedicationRequest')
  const told = async (expression: ElmJson): Promise<unknown> => {
    const query = { type: 'Query', source: [{ alias: 'M', expression: { type: 'Retrieve', dataType } }], let: [], relationship: [] }
    const record = { resourceType: 'MedicationRequest' }
    const chart = [
      { resourceType: 'Patient', id: 'p' },
      { ...record, id: 'a', intent: 'order' },
      { ...record, id: 'b', authoredOn: '2026-03-04T10:00:00Z' },
    ]
    const root = { name: 'Root', type: 'Any', expression: { ...query, return: { distinct: false, expression } } }
    return (await fhirDifferences([root], chart, helpers)).map(({ elm, operands, ours, theirs }) => [elm.type, operands, ours, theirs])
  }
  const year = '[DateTime 2026-1-1-0-0-0-0 0, DateTime 2026-12-31-23-59-59-999 0]'
  const period = { type: 'ParameterRef', name: 'Measurement Period' }
  // cql-execution fails with a text that is null, and with a point where it wants an interval; we do past the year 9999.
  expect(await told({ type: 'Length', operand: call('ToString', [of('intent')]) })).toEqual([['Length', ['null'], 'null', null]])
  expect(await told({ type: 'ProperIncludes', operand: [period, call('ToDateTime', [of('authoredOn')])] })).toEqual([
    ['ProperIncludes', [year, 'DateTime 2026-3-4-10-0-0 0'], 'true', null],
  ])
  const years = { type: 'Quantity', value: 9000, unit: 'years' }
  expect(await told({ type: 'Add', operand: [call('ToDateTime', [of('authoredOn')]), years] })).toEqual([
    ['Add', ['DateTime 2026-3-4-10-0-0 0', "9000 'years'"], null, 'null'],
  ])
})
