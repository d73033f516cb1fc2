import {
  concept,
  condition,
  ICD,
  id,
  observation,
  order,
  patient,
  place,
  procedure,
  quantity,
  RXNORM,
  SNOMED,
  starterMeasures,
  status,
  visit,
  type Resource,
} from './charts.fixture.ts'

beforeAll(starterMeasures, 120_000)

describe('statin-therapy', () => {
  const adult = patient('1970-03-01')
  const diabetes = condition(ICD, 'E11.9')
  const ldl = (value: number, day = '2015-06-01', unit = 'mg/dL'): Resource => observation('13457-7', day, quantity(value, unit))
  const statin = (day = '2026-06-01', more: Resource = {}): Resource => order('MedicationRequest', day, concept(RXNORM, '617310'), more)
  const allergy = (more: Resource = {}): Resource => ({
    ...{ resourceType: 'AllergyIntolerance', id: id(), code: concept(RXNORM, '83367') },
    ...more,
  })
  const of = (...resources: Resource[]): Promise<string> => place('statin-therapy', ...resources)

  it('counts disease of the arteries from 18 years, over or not', async () => {
    const infarction = condition(ICD, 'I21.4', { clinicalStatus: status('clinical', 'resolved'), abatementDateTime: '2019-01-01' })
    expect(await of(adult, infarction, visit())).toBe('unmet')
    expect(await of(patient('2008-01-01'), infarction, visit())).toBe('unmet')
    expect(await of(patient('2008-01-02'), infarction, visit())).toBe('out')
    expect(await of(patient('1930-01-01'), infarction, visit())).toBe('unmet')
    expect(await of(adult, condition(ICD, 'I21.4', { onsetDateTime: '2027-01-01' }), visit())).toBe('out')
    expect(await of(adult, condition(ICD, 'I21.4', { verificationStatus: status('ver-status', 'refuted') }), visit())).toBe('out')
    expect(await of(adult, procedure(SNOMED, '232717009', '2011-02-01'), visit())).toBe('unmet')
    expect(await of(adult, procedure(SNOMED, '232717009', '2027-02-01'), visit())).toBe('out')
    expect(await of(adult, infarction)).toBe('out')
    expect(await of(adult, visit())).toBe('out')
  })

  it('counts LDL of 190 and cholesterol high from birth from 20 to 75', async () => {
    const inborn = condition(ICD, 'E78.01')
    for (const reason of [ldl(190), inborn]) {
      expect(await of(patient('2006-01-01'), reason, visit())).toBe('unmet')
      expect(await of(patient('2006-01-02'), reason, visit())).toBe('out')
      expect(await of(patient('1950-01-02'), reason, visit())).toBe('unmet')
      expect(await of(patient('1950-01-01'), reason, visit())).toBe('out')
    }
    expect(await of(adult, ldl(189.9), visit())).toBe('out')
    expect(await of(adult, ldl(190, '2027-01-01'), visit())).toBe('out')
    expect(await of(adult, ldl(190, '2026-12-31'), visit())).toBe('unmet')
    expect(await of(adult, ldl(190, '2015-06-01', 'mmol/L'), visit())).toBe('out')
    expect(await of(adult, { ...ldl(190), status: 'preliminary' }, visit())).toBe('out')
  })

  it('counts diabetes from 40 to 75', async () => {
    expect(await of(patient('1986-01-01'), diabetes, visit())).toBe('unmet')
    expect(await of(patient('1986-01-02'), diabetes, visit())).toBe('out')
    expect(await of(patient('1950-01-02'), diabetes, visit())).toBe('unmet')
    expect(await of(patient('1950-01-01'), diabetes, visit())).toBe('out')
    expect(await of(adult, condition(ICD, 'E11.9', { abatementDateTime: '2025-12-31' }), visit())).toBe('out')
  })

  it('is met by an order in the period', async () => {
    expect(await of(adult, diabetes, visit(), statin())).toBe('met')
    expect(await of(adult, diabetes, visit(), statin('2026-01-01'))).toBe('met')
    expect(await of(adult, diabetes, visit(), statin('2025-12-31'))).toBe('unmet')
    expect(await of(adult, diabetes, visit(), statin('2027-01-01T04:30:00Z'))).toBe('met')
    expect(await of(adult, diabetes, visit(), statin('2026-06-01', { status: 'cancelled' }))).toBe('unmet')
    expect(await of(adult, diabetes, visit(), order('MedicationRequest', '2026-06-01', concept(RXNORM, '860975')))).toBe('unmet')
  })

  it('excepts who cannot take one, unless somebody does', async () => {
    const reasons = [allergy(), condition(ICD, 'M62.82'), condition(ICD, 'K74.60'), condition(ICD, 'N18.6')]
    for (const reason of reasons) {
      expect(await of(adult, diabetes, visit(), reason)).toBe('excepted')
      expect(await of(adult, diabetes, visit(), reason, statin())).toBe('met')
    }
    const refuted = concept('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'refuted')
    expect(await of(adult, diabetes, visit(), allergy({ verificationStatus: refuted }))).toBe('unmet')
    expect(await of(adult, diabetes, visit(), allergy({ onsetDateTime: '2027-01-01' }))).toBe('unmet')
    expect(await of(adult, diabetes, visit(), allergy({ recordedDate: '2027-01-01' }))).toBe('unmet')
    expect(await of(adult, diabetes, visit(), allergy({ recordedDate: '2026-12-31' }))).toBe('excepted')
    expect(await of(adult, diabetes, visit(), allergy({ code: concept(RXNORM, '723') }))).toBe('unmet')
    expect(await of(adult, diabetes, visit(), condition(ICD, 'M62.82', { abatementDateTime: '2021-01-01' }))).toBe('excepted')
    expect(await of(adult, diabetes, visit(), condition(ICD, 'K74.60', { abatementDateTime: '2021-01-01' }))).toBe('unmet')
  })

  it('excludes pregnancy, hospice and palliative care', async () => {
    expect(await of(adult, diabetes, visit(), condition(SNOMED, '72892002', { onsetDateTime: '2026-02-01' }))).toBe('excluded')
    expect(await of(adult, diabetes, visit(), condition(SNOMED, '72892002', { abatementDateTime: '2025-06-01' }))).toBe('unmet')
    expect(await of(adult, diabetes, visit(), procedure(SNOMED, '385763009', '2026-02-01'))).toBe('excluded')
    expect(await of(adult, diabetes, visit(), procedure(SNOMED, '103735009', '2026-02-01'))).toBe('excluded')
    expect(await of(adult, diabetes, visit(), condition(ICD, 'Z51.5'))).toBe('excluded')
    expect(await of(adult, diabetes, visit(), condition(ICD, 'Z51.5', { abatementDateTime: '2025-12-31' }))).toBe('unmet')
    expect(await of(adult, diabetes, visit(undefined, { type: [concept(SNOMED, '305824005')] }))).toBe('excluded')
  })
})
