import fc from 'fast-check'
import { condition, HCPCS, ICD, observation, patient, period, procedure, quantity, visit } from '../interpreter/charts.fixture.ts'
import { openCompiler, type LoadedMeasure, type MeasureEngine } from '../index.ts'
import { charts } from '../random-charts.fixture.ts'
import { starterPackages } from '../starter-packages.fixture.ts'

let engine: MeasureEngine
let measures: Map<string, LoadedMeasure>
beforeAll(async () => {
  engine = openCompiler()
  measures = new Map([...(await starterPackages())].map(([id, pkg]) => [id, engine.load(pkg)]))
}, 120_000)

type Json = Record<string, unknown>
const diabetic: Json[] = [
  patient('1970-03-01'),
  { ...visit(), id: 'e' },
  { ...condition(ICD, 'E11.9'), id: 'c' },
  { ...observation('4548-4', '2026-06-01', quantity(9.5, '%')), id: 'o' },
]
/** What stops a person of whom elements of one resource are others. */
const problemWith = async (resourceType: string, changed: Json, id = 'glycemic-control-poor'): Promise<string | null> => {
  const resources = diabetic.map((one) => JSON.stringify(one.resourceType === resourceType ? { ...one, ...changed } : one))
  return (await measures.get(id)!.evaluate([{ id: 'p', resources }], period))[0]!.problem
}

describe('a record with an element that is not of its type', () => {
  it.each<[string, Json, RegExp]>([
    [
      'Encounter',
      { period: { start: '31.12.2026' } },
      /^\w+\."[^"]+": Encounter\/e: its period\.start is a text and no dateTime of FHIR R4\. /,
    ],
    ['Encounter', { period: ['2026'] }, /: its period is a list and no Period of/],
    ['Encounter', { period: 20260504 }, /: its period is a number and no Period of/],
    ['Encounter', { status: 5 }, /: its status is a number and no EncounterStatus of/],
    ['Observation', { valueQuantity: 9.5 }, /"[^"]+": Observation\/o: its valueQuantity is a number and no Quantity of/],
    [
      'Observation',
      { valueQuantity: { value: 1e30, code: '%' } },
      /"[^"]+": Observation\/o: its valueQuantity\.value is a number too large to count with and no decimal of/,
    ],
    ['Observation', { valueQuantity: { value: '9.5', code: '%' } }, /: its valueQuantity\.value is a text and no decimal of/],
    [
      'Observation',
      { code: { coding: { code: '4548-4', system: 'http://loinc.org' } } },
      /^\w+: Observation\/o: its code\.coding is an object and no list of Coding of/,
    ],
    ['Observation', { code: { coding: [{ code: '4548-4', system: 5 }] } }, /: its code\.coding\[0\]\.system is a number and no uri of/],
    [
      'Condition',
      { clinicalStatus: { coding: [true, { code: 'active' }] } },
      /Condition\/c: its clinicalStatus\.coding\[0\] is true or false and no Coding of/,
    ],
    [
      'Patient',
      { birthDate: '1970-03-01T00:00:00Z' },
      /Patient\/p: its birthDate is a text and no date of FHIR R4\. Correct the record where it comes from\.$/,
    ],
  ])('stops who it is about: %s %j', async (type, changed, words) => {
    expect(await problemWith(type, {})).toBeNull()
    expect(await problemWith(type, changed)).toMatch(words)
  })

  it('stops nobody whose measure does not read it, and whose element is told in extensions or is null', async () => {
    const unknown = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] }
    expect(await problemWith('Patient', { maritalStatus: 5, telecom: 'none' })).toBeNull()
    expect(await problemWith('Observation', { effectiveDateTime: undefined, _effectiveDateTime: unknown })).toBeNull()
    expect(await problemWith('Encounter', { period: null, type: null })).toBeNull()
  })

  it('stops a chart with something that does not say what it is', async () => {
    const resources = [...diabetic.map((one) => JSON.stringify(one)), '{"id":"x"}']
    const [result] = await measures.get('glycemic-control-poor')!.evaluate([{ id: 'p', resources }], period)
    expect(result!.problem).toBe('Resource 5 of the chart does not say what it is (resourceType), so it is no FHIR resource.')
  })

  it('is told by its path whatever it is, and stops no other person', async () => {
    const sound = { id: 'sound', resources: [...diabetic, procedure(HCPCS, 'Q5001', '2025-01-01')].map((one) => JSON.stringify(one)) }
    const alone = [...(await engine.evaluateAll([...measures.values()], [sound], period)).values()].flat()
    const value = fc.constantFrom<unknown>(5, 1.5, 'words', '', true, [], {}, [5], ['words'], [[]], { id: {} }, { coding: 'x' }, null)
    let stopped = 0
    await fc.assert(
      fc.asyncProperty(charts, fc.nat(), value, async ({ resources }, at, wrong) => {
        const broken = replaceOne(
          resources.map((text) => JSON.parse(text) as Json),
          at,
          wrong,
        )
        const found = await engine.evaluateAll([...measures.values()], [{ id: 'broken', resources: broken }, sound], period)
        for (const { problem } of [...found.values()].map(([first]) => first!)) {
          if (problem === null) continue
          stopped++
          expect(problem).toMatch(
            /: (?:\w+\/r\d+|A \w+ without id): its [\w.[\]]+ is .* and no .* of FHIR R4\.|^Resource \d+ of|one Patient|Interval/,
          )
        }
        expect([...found.values()].map(([, other]) => other)).toEqual(alone)
      }),
      { numRuns: 500 },
    )
    expect(stopped).toBeGreaterThan(200)
  }, 60_000)
})

/** A chart with one of its values, at any depth, replaced. */
function replaceOne(resources: Json[], at: number, wrong: unknown): string[] {
  const places: [owner: Json, key: string][] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      places.push([value as Json, key])
      visit(inner)
    }
  }
  resources.forEach(visit)
  const [owner, key] = places[at % places.length]!
  owner[key] = wrong
  return resources.map((resource) => JSON.stringify(resource))
}
