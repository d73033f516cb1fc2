import type { Draw } from './draw.fixture.ts'

type Json = Record<string, unknown>

export const SYSTEM = 'http://codes.example'
/** What records are coded with: two value sets hold some of them. */
export const codes = ['a', 'b', 'c', 'd', 'e'] as const
export const valueSets: Readonly<Record<string, readonly string[]>> = { First: ['a', 'b'], Second: ['b', 'c', 'd'], Empty: [] }
export const urlOf = (name: string): string => `http://sets.example/${name}`

const moments = ['2026-03-04', '2026-03-04T10:00:00Z', '2026-06', '2026', '2025-12-31T23:30:00.000+00:00', '2026-01-01T00:00:00.000+00:00']
const others = ['2026-05-04T10:00:00.500Z', '2024-07-01', '2027-01-01T02:00:00Z', '2026-12-31T23:59:59.999Z', '2025-02', '2026-03-05']
const times = [...moments, ...others]
const unknown = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] }

const coding = (draw: Draw): Json => {
  const code = { system: draw.once(8) ? 'http://other.example' : SYSTEM, code: draw.of(codes) }
  if (draw.once(9)) return { code: code.code }
  return draw.once(6) ? { ...code, display: 'What it is' } : code
}
const concept = (draw: Draw): Json => {
  if (draw.once(9)) return { text: 'in words only' }
  return { coding: [coding(draw), ...draw.some(2, () => coding(draw))] }
}
const period = (draw: Draw): Json => ({
  ...(draw.once(5) ? {} : { start: draw.of(times) }),
  ...(draw.once(4) ? {} : { end: draw.of(times) }),
})
const quantity = (draw: Draw): Json => {
  const amount = { value: draw.of([1, 2.5, 7, 9.05, 100, 0, -3]) }
  if (draw.once(9)) return { code: 'mg' }
  if (draw.once(9)) return { ...amount, comparator: '<', code: 'mg', system: 'http://unitsofmeasure.org' }
  return draw.once(5) ? amount : { ...amount, unit: draw.of(['mg', 'g', '%']), code: draw.of(['mg', 'g', '%', 'cm']) }
}
const texts = ['final', 'active', 'completed', 'not-done', 'cancelled', 'finished', 'order', 'amended']

/** Elements that come and go: `name` of the property, how its value is made. */
type Part = readonly [string, (draw: Draw) => unknown]
const text = (...of: string[]): Part[1] => {
  return (draw) => (draw.once(10) ? draw.of(texts) : draw.of(of))
}
const moment = (draw: Draw): string => draw.of(times)
const list =
  (make: Part[1], most = 2): Part[1] =>
  (draw) => [make(draw), ...draw.some(most - 1, () => make(draw))]

const component = (draw: Draw): Json =>
  filled(draw, [
    ['code', concept],
    draw.of<Part>([
      ['valueQuantity', quantity],
      ['valueString', () => 'low'],
    ]),
  ])

/** A choice element has one property of these, at most. */
const choice =
  (...of: Part[]): ((draw: Draw) => Part) =>
  (draw) =>
    draw.of(of)

const shapes: Readonly<Record<string, (draw: Draw) => readonly Part[]>> = {
  Observation: (draw) => [
    ['status', text('final', 'amended', 'cancelled')],
    ['code', concept],
    ['category', list(concept)],
    choice(['effectiveDateTime', moment], ['effectivePeriod', period], ['effectiveInstant', () => '2026-03-04T10:00:00Z'])(draw),
    choice(
      ['valueQuantity', quantity],
      ['valueCodeableConcept', concept],
      ['valueString', () => 'in words'],
      ['valueBoolean', (of) => of.once(2)],
      ['valueInteger', (of) => of.below(9)],
      ['valueDateTime', moment],
    )(draw),
    ['issued', () => '2026-03-04T10:00:00Z'],
    ['dataAbsentReason', concept],
    ['component', list(component)],
    ['interpretation', list(concept)],
  ],
  Condition: (draw) => [
    ['clinicalStatus', concept],
    ['verificationStatus', concept],
    ['code', concept],
    choice(['onsetDateTime', moment], ['onsetPeriod', period], ['onsetAge', quantity])(draw),
    choice(['abatementDateTime', moment], ['abatementPeriod', period], ['abatementString', () => 'long ago'])(draw),
    ['recordedDate', moment],
    ['category', list(concept)],
  ],
  Encounter: () => [
    ['status', text('finished', 'planned', 'cancelled')],
    ['class', coding],
    ['type', list(concept)],
    ['period', period],
    ['length', quantity],
    ['reasonCode', list(concept)],
  ],
  Procedure: (draw) => [
    ['status', text('completed', 'not-done')],
    ['code', concept],
    choice(['performedDateTime', moment], ['performedPeriod', period], ['performedString', () => 'once'])(draw),
    ['statusReason', concept],
  ],
  MedicationRequest: () => [
    ['status', text('active', 'completed')],
    ['intent', text('order', 'plan')],
    ['medicationCodeableConcept', concept],
    ['authoredOn', moment],
    ['doNotPerform', (draw) => draw.once(2)],
    ['reasonCode', list(concept)],
  ],
}

export const resourceTypes = Object.keys(shapes)
const primitives = /^(?:status|intent|issued|authoredOn|recordedDate|birthDate|gender|\w+DateTime|\w+String|\w+Boolean)$/

function filled(draw: Draw, parts: readonly Part[]): Json {
  const found: Json = {}
  for (const [name, make] of parts) {
    const fate = draw.below(10)
    if (fate === 9 && primitives.test(name)) found[`_${name}`] = unknown
    else if (fate !== 8 && fate !== 9) found[name] = make(draw)
  }
  return found
}

/** The resources of a chart, its Patient first. */
export function randomChart(draw: Draw): Json[] {
  const person = filled(draw, [
    ['birthDate', (of) => of.of(['1970-03-01', '2010', '1950-01', '2008-12-31'])],
    ['gender', text('female', 'male')],
    ['active', (of) => of.once(2)],
    choice(['deceasedBoolean', (of) => of.once(2)], ['deceasedDateTime', moment])(draw),
  ])
  const more = draw.some(14, () => {
    const resourceType = draw.of(resourceTypes)
    return { resourceType, ...filled(draw, shapes[resourceType]!(draw)) }
  })
  return [{ resourceType: 'Patient', ...person }, ...more].map((resource, index) => ({ ...resource, id: `r${index}` }))
}
