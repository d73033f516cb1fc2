import {
  concept,
  HCPCS,
  LOINC,
  observation,
  order,
  patient,
  place,
  procedure,
  RXNORM,
  SNOMED,
  starterMeasures,
  visit,
  type Resource,
} from './charts.fixture.ts'

beforeAll(starterMeasures, 120_000)

describe('tobacco-screening-cessation', () => {
  const adult = patient('1970-03-01')
  const answer = (code: string, day = '2026-06-01', system = SNOMED): Resource =>
    observation('72166-2', day, { valueCodeableConcept: concept(system, code) })
  const [smokes, never, former] = ['449868002', '266919005', '8517006'] as const
  const of = (...resources: Resource[]): Promise<string> => place('tobacco-screening-cessation', ...resources)
  const counseling = (day: string): Resource => procedure(SNOMED, '225323000', day)
  const medicine = (day: string, more: Resource = {}): Resource => order('MedicationRequest', day, concept(RXNORM, '198031'), more)

  it('counts from 18 years on the first day, with a visit', async () => {
    expect(await of(patient('2008-01-01'), visit())).toBe('unmet')
    expect(await of(patient('2008-01-02'), visit())).toBe('out')
    expect(await of(adult)).toBe('out')
    expect(await of(patient('1970-03-01', { deceasedDateTime: '2026-11-01' }), visit())).toBe('out')
  })

  it('is met by who does not use tobacco', async () => {
    expect(await of(adult, visit(), answer(never))).toBe('met')
    expect(await of(adult, visit(), answer(former))).toBe('met')
    expect(await of(adult, visit(), answer('LA18978-9', '2026-06-01', LOINC))).toBe('met')
    expect(await of(adult, visit(), answer(never, '2025-12-31'))).toBe('unmet')
    expect(await of(adult, visit(), answer(never, '2026-01-01T04:59:59Z'))).toBe('unmet')
    expect(await of(adult, visit(), answer(never, '2026-01-01T05:00:00Z'))).toBe('met')
    // "Tobacco smoking consumption unknown" is no answer, nor is an answer to another question.
    expect(await of(adult, visit(), answer('266927001'))).toBe('unmet')
    expect(await of(adult, visit(), observation('8302-2', '2026-06-01', { valueCodeableConcept: concept(SNOMED, never) }))).toBe('unmet')
    expect(await of(adult, visit(), { ...answer(never), status: 'cancelled' })).toBe('unmet')
  })

  it('goes by the most recent day, and there by who smokes', async () => {
    expect(await of(adult, visit(), answer(smokes, '2026-03-01'), answer(former))).toBe('met')
    expect(await of(adult, visit(), answer(former, '2026-03-01'), answer(smokes))).toBe('unmet')
    expect(await of(adult, visit(), answer(former), answer(smokes))).toBe('unmet')
    expect(await of(adult, visit(), answer(smokes, '2026-03-01'), answer('266927001'))).toBe('unmet')
    expect(await of(adult, visit(), answer('LA18977-1', '2026-06-01', LOINC))).toBe('unmet')
  })

  it('takes help since half a year before the period', async () => {
    expect(await of(adult, visit(), answer(smokes), counseling('2026-06-01'))).toBe('met')
    expect(await of(adult, visit(), answer(smokes), counseling('2025-07-01'))).toBe('met')
    expect(await of(adult, visit(), answer(smokes), counseling('2025-06-30'))).toBe('unmet')
    expect(await of(adult, visit(), answer(smokes), counseling('2027-01-01'))).toBe('unmet')
    expect(await of(adult, visit(), answer(smokes), procedure(HCPCS, 'S9453', '2026-12-31'))).toBe('met')
    expect(await of(adult, visit(), answer(smokes), order('ServiceRequest', '2026-02-01', concept(SNOMED, '315232003')))).toBe('met')
    expect(await of(adult, visit(), answer(smokes), medicine('2026-02-01'))).toBe('met')
    expect(await of(adult, visit(), answer(smokes), medicine('2026-02-01', { doNotPerform: true }))).toBe('unmet')
    // Help for somebody nobody asked is no screening.
    expect(await of(adult, visit(), medicine('2026-02-01'))).toBe('unmet')
  })

  it('excludes hospice care', async () => {
    expect(await of(adult, visit(), answer(never), procedure(HCPCS, 'G0182', '2026-02-01'))).toBe('excluded')
  })
})
