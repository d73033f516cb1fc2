import {
  concept,
  condition,
  HCPCS,
  ICD,
  id,
  observation,
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

describe('depression-screening-follow-up', () => {
  const adult = patient('1970-03-01')
  const phq9 = (score: number, day = '2026-06-01T09:00:00-04:00'): Resource => observation('44261-6', day, quantity(score, '{score}'))
  const phq2 = (score: number, day = '2026-06-01T08:00:00-04:00'): Resource => observation('55758-7', day, { valueInteger: score })
  const order = (resourceType: string, day: string, more: Resource): Resource => ({
    resourceType,
    id: id(),
    status: 'active',
    intent: 'order',
    authoredOn: day,
    ...more,
  })
  const referral = (day: string, more: Resource = {}): Resource =>
    order('ServiceRequest', day, { code: concept(SNOMED, '308477009'), ...more })
  const of = (...resources: Resource[]): Promise<string> => place('depression-screening-follow-up', ...resources)

  it('counts from 12 years on the first day', async () => {
    expect(await of(patient('2014-01-01'), visit())).toBe('unmet')
    expect(await of(patient('2014-01-02'), visit())).toBe('out')
    expect(await of(adult)).toBe('out')
  })

  it('takes negative screenings', async () => {
    expect(await of(adult, visit(), phq9(9))).toBe('met')
    expect(await of(adult, visit(), phq9(10))).toBe('unmet')
    expect(await of(adult, visit(), phq2(2))).toBe('met')
    expect(await of(adult, visit(), phq2(3))).toBe('unmet')
    expect(await of(adult, visit(), procedure(HCPCS, 'G8510', '2026-05-04'))).toBe('met')
    expect(await of(adult, visit(), phq9(2, '2025-12-31'))).toBe('unmet')
  })

  it('goes by the most recent day, and there by the PHQ-9', async () => {
    expect(await of(adult, visit(), phq9(15, '2026-03-01'), phq2(0))).toBe('met')
    expect(await of(adult, visit(), phq9(4, '2026-03-01'), phq2(5))).toBe('unmet')
    expect(await of(adult, visit(), phq9(4), phq2(5))).toBe('met')
    expect(await of(adult, visit(), phq9(14), phq2(0))).toBe('unmet')
  })

  it('takes positive screenings with follow-up within 14 days', async () => {
    expect(await of(adult, visit(), phq9(14), referral('2026-06-15'))).toBe('met')
    expect(await of(adult, visit(), phq9(14), referral('2026-06-16'))).toBe('unmet')
    expect(await of(adult, visit(), phq9(14), referral('2026-05-31'))).toBe('unmet')
    expect(await of(adult, visit(), phq9(14), referral('2026-06-01', { status: 'revoked' }))).toBe('unmet')
    expect(await of(adult, visit(), phq9(14, '2026-12-30'), referral('2027-01-10'))).toBe('met')
    const medicine = order('MedicationRequest', '2026-06-02T12:00:00-04:00', { medicationCodeableConcept: concept(RXNORM, '312941') })
    expect(await of(adult, visit(), phq9(14), medicine)).toBe('met')
    expect(await of(adult, visit(), phq9(14), visit('2026-06-08T09:00:00-04:00', { type: [concept(HCPCS, 'H0004')] }))).toBe('met')
    const plan = {
      resourceType: 'CarePlan',
      id: id(),
      status: 'active',
      intent: 'plan',
      category: [concept(SNOMED, '718347000')],
      created: '2026-06-05',
    }
    expect(await of(adult, visit(), phq9(14), plan)).toBe('met')
    expect(await of(adult, visit(), procedure(HCPCS, 'G8431', '2026-05-04'))).toBe('met')
  })

  it('excludes bipolar disorder, over or not', async () => {
    const bipolar = condition(ICD, 'F31.9', {
      clinicalStatus: status('clinical', 'resolved'),
      abatementDateTime: '2010-01-01',
      onsetDateTime: '2005-01-01',
    })
    expect(await of(adult, visit(), bipolar)).toBe('excluded')
    expect(await of(adult, visit(), { ...bipolar, verificationStatus: status('ver-status', 'refuted') })).toBe('unmet')
    expect(await of(adult, visit(), condition(ICD, 'F31.9', { onsetDateTime: '2027-03-01' }))).toBe('unmet')
  })
})
