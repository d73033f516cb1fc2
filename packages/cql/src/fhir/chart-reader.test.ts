import {
  condition,
  HCPCS,
  ICD,
  observation,
  patient,
  period,
  procedure,
  quantity,
  visit,
  type Resource,
} from '../interpreter/charts.fixture.ts'
import { openCompiler, type Chart, type LoadedMeasure, type MeasureEngine, type StoredFact } from '../index.ts'
import { starterPackages } from '../starter-packages.fixture.ts'

let engine: MeasureEngine
let measures: LoadedMeasure[]
beforeAll(async () => {
  engine = openCompiler()
  measures = [...(await starterPackages()).values()].map((pkg) => engine.load(pkg))
}, 120_000)

const others = Array.from({ length: 30 }, (_, index) => observation(`${1000 + index}-1`, '2026-03-01', quantity(index, 'mg/dL')))
const resources: Resource[] = [
  patient('1970-03-01'),
  visit(),
  condition(ICD, 'E11.9'),
  condition(ICD, 'I10'),
  procedure(HCPCS, 'Q5001', '2025-01-01'),
  observation('4548-4', '2026-06-01', quantity(9.5, '%')),
  ...others,
]
const codesIn = (value: unknown): { code: string }[] => {
  if (typeof value !== 'object' || value === null) return []
  const own = (value as { code?: unknown }).code
  return [...(typeof own === 'string' ? [{ code: own }] : []), ...Object.values(value).flatMap(codesIn)]
}
const fact = (resource: Resource): StoredFact => ({
  type: String(resource.resourceType),
  codes: codesIn(resource),
  text: JSON.stringify(resource),
})
const evaluated = async (chart: Chart): Promise<unknown> => [...(await engine.evaluateAll(measures, [chart], period)).values()]

describe('opening a chart', () => {
  it('gives the same for texts, for texts written otherwise and for stored facts', async () => {
    const texts = resources.map((resource) => JSON.stringify(resource))
    const expected = await evaluated({ id: 'c', resources: texts })
    expect(expected).toMatchObject(measures.map(() => [{ problem: null }]))
    // Spaces, another order of keys and escapes: nothing is told from the text then.
    const spaced = resources.map((resource) => JSON.stringify(Object.fromEntries(Object.entries(resource).reverse()), null, 2))
    expect(await evaluated({ id: 'c', resources: spaced })).toEqual(expected)
    const escaped = texts.map((text) => text.replaceAll('"code"', '"c\\u006fde"').replaceAll('4548-4', '454\\u0038-4'))
    expect(await evaluated({ id: 'c', resources: escaped })).toEqual(expected)
    expect(await evaluated({ id: 'c', resources: [], facts: resources.map(fact) })).toEqual(expected)
  })

  it('does not look at facts that cannot matter', async () => {
    const broken = others.map((resource) => ({ ...fact(resource), text: '{' }))
    const chart = { id: 'c', resources: resources.slice(0, 6).map((resource) => JSON.stringify(resource)) }
    expect(await evaluated({ ...chart, facts: broken })).toEqual(await evaluated(chart))
    expect(engine.couldMatter(measures, 'Observation', [{ code: '4548-4' }])).toBe(true)
    expect(engine.couldMatter(measures, 'Observation', [{ code: '1000-1' }])).toBe(false)
    expect(engine.couldMatter(measures, 'Patient', [])).toBe(true)
    expect(engine.couldMatter(measures, 'Immunization', [{ code: '4548-4' }])).toBe(false)
  })

  it('says what it could not read', async () => {
    const [result] = (
      await engine.evaluateAll(
        measures.slice(0, 1),
        [{ id: 'c', resources: [JSON.stringify(patient('1970')), '{"resourceType":"Observation", Jane'] }],
        period,
      )
    ).values()
    expect(result).toMatchObject([{ problem: 'Resource 2 of the chart is not JSON.' }])
  })
})
