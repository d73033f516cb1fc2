import { openCompiler } from '../compiler/compiler.ts'
import type { Chart } from '../engine.ts'
import { starterPackages } from '../starter-packages.fixture.ts'
import { openingDays } from './opening-days.ts'

const concept = (system: string, code: string) => ({ coding: [{ system, code }] })
const loinc = (code: string) => concept('http://loinc.org', code)
const visit = (id: string, day: string) => ({
  ...{ resourceType: 'Encounter', id, status: 'finished', period: { start: day, end: day } },
  class: concept('http://terminology.hl7.org/CodeSystem/v3-ActCode', 'AMB').coding[0],
})
const a1c = (id: string, day: string) => ({
  ...{ resourceType: 'Observation', id, status: 'final', effectiveDateTime: day, code: loinc('4548-4') },
  valueQuantity: { value: 6.1, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
})
const RECORDS = [
  { ...{ resourceType: 'Patient', id: 'ann' }, ...{ birthDate: '1965-03-01', gender: 'female' } },
  {
    ...{ resourceType: 'Condition', id: 'dm', onsetDateTime: '2020-01-01' },
    code: concept('http://hl7.org/fhir/sid/icd-10-cm', 'E11.9'),
    clinicalStatus: concept('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'),
    verificationStatus: concept('http://terminology.hl7.org/CodeSystem/condition-ver-status', 'confirmed'),
  },
  a1c('a1c', '2025-05-06'),
  {
    ...{ resourceType: 'Observation', id: 'mammogram', status: 'final', effectiveDateTime: '2024-06-01' },
    ...{ code: loinc('24606-6'), valueCodeableConcept: { text: 'No sign of cancer' } },
  },
  visit('visit', '2025-05-06'),
]

/** Of the person with diabetes and a mammogram: the HbA1c, better low, and the screening, better high. */
async function daysWith(...more: readonly object[]) {
  const engine = openCompiler()
  const packages = await starterPackages()
  const measures = ['glycemic-control-poor', 'breast-cancer-screening'].map((id) => engine.load(packages.get(id)!))
  const charts: Chart[] = [[], [...RECORDS, ...more]].map((records, index) => ({
    ...{ id: `chart-${index}`, resources: records.map((record) => JSON.stringify(record)) },
  }))
  return openingDays(engine, measures, charts, {
    ...{ period: { start: '2025-01-01', end: '2025-12-31' }, timeZone: 'America/New_York' },
    ...{ improvements: ['decrease', 'increase'], closed: [[], [0, 1]] },
  })
}

describe('opening days', () => {
  it('are none for who no longer counts by then', async () => {
    // Their only visit leaves the year with the HbA1c.
    expect(await daysWith()).toEqual([])
  }, 60_000)

  it('are the first on which the measure leaves a gap open over a year that ends then, with what decides it', async () => {
    const days = await daysWith(visit('later', '2025-12-10'))
    expect(days).toMatchObject([
      // The year that ends then begins on the day after the HbA1c.
      { chart: 1, measure: 0, day: '2026-05-06' },
      // The year and the 15 months before it: the mammogram is a day too old.
      { chart: 1, measure: 1, day: '2026-09-01' },
    ])
    expect(days[1]!.evidence.split(' ')).toEqual(expect.arrayContaining(['Observation/mammogram', 'Encounter/later']))
    expect((await daysWith(visit('later', '2025-12-10'), a1c('a1c-2', '2025-12-10'))).map(({ measure }) => measure)).toEqual([1])
  }, 60_000)
})
