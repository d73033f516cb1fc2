import {
  concept,
  condition,
  ICD,
  LOINC,
  observation,
  patient,
  place,
  procedure,
  quantity,
  SNOMED,
  starterMeasures,
  visit,
  type Resource,
} from './charts.fixture.ts'

beforeAll(starterMeasures, 120_000)

describe('kidney-health-evaluation', () => {
  const adult = patient('1970-03-01')
  const diabetes = condition(ICD, 'E11.9')
  const gfr = (day = '2026-06-01', more: Resource = {}): Resource =>
    observation('98979-8', day, { ...quantity(72, 'mL/min/{1.73_m2}'), ...more })
  const ratio = (day = '2026-09-01', more: Resource = {}): Resource => observation('14959-1', day, { ...quantity(12, 'mg/g'), ...more })
  const of = (...resources: Resource[]): Promise<string> => place('kidney-health-evaluation', ...resources)

  it('counts diabetes from 18 to 85 on the first day', async () => {
    expect(await of(patient('2008-01-01'), diabetes, visit())).toBe('unmet')
    expect(await of(patient('2008-01-02'), diabetes, visit())).toBe('out')
    expect(await of(patient('1940-01-02'), diabetes, visit())).toBe('unmet')
    expect(await of(patient('1940-01-01'), diabetes, visit())).toBe('out')
    expect(await of(adult, visit())).toBe('out')
    expect(await of(adult, diabetes)).toBe('out')
    expect(await of(adult, condition(ICD, 'E11.9', { onsetDateTime: '2027-01-01' }), visit())).toBe('out')
  })

  it('wants both tests in the period, on any of its days', async () => {
    expect(await of(adult, diabetes, visit(), gfr(), ratio())).toBe('met')
    expect(await of(adult, diabetes, visit(), gfr())).toBe('unmet')
    expect(await of(adult, diabetes, visit(), ratio())).toBe('unmet')
    expect(await of(adult, diabetes, visit(), gfr('2025-12-31'), ratio())).toBe('unmet')
    expect(await of(adult, diabetes, visit(), gfr(), ratio('2027-01-01T05:00:00Z'))).toBe('unmet')
    expect(await of(adult, diabetes, visit(), gfr('2026-01-01'), ratio('2027-01-01T04:59:59Z'))).toBe('met')
    expect(await of(adult, diabetes, visit(), gfr(), { ...ratio(), status: 'entered-in-error' })).toBe('unmet')
  })

  it('takes any result, and no Observation without one', async () => {
    expect(await of(adult, diabetes, visit(), gfr('2026-06-01', { code: concept(LOINC, '33914-3') }), ratio())).toBe('met')
    expect(await of(adult, diabetes, visit(), gfr(), ratio('2026-09-01', { valueQuantity: undefined, valueString: 'below 3' }))).toBe('met')
    expect(await of(adult, diabetes, visit(), gfr(), ratio('2026-09-01', { valueQuantity: undefined }))).toBe('unmet')
    expect(await of(adult, diabetes, visit(), gfr('2026-06-01', { valueQuantity: undefined }), ratio())).toBe('unmet')
  })

  it('excludes kidney failure, hospice and palliative care', async () => {
    expect(await of(adult, diabetes, visit(), gfr(), ratio(), condition(ICD, 'N18.6'))).toBe('excluded')
    expect(await of(adult, diabetes, visit(), condition(ICD, 'N18.6', { onsetDateTime: '2027-01-01' }))).toBe('unmet')
    expect(await of(adult, diabetes, visit(), procedure(SNOMED, '385763009', '2026-02-01'))).toBe('excluded')
    expect(await of(adult, diabetes, visit(), procedure(SNOMED, '443761007', '2026-02-01'))).toBe('excluded')
  })
})
