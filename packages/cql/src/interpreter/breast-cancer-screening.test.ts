import {
  condition,
  HCPCS,
  ICD,
  observation,
  patient as person,
  place,
  procedure,
  SNOMED,
  starterMeasures,
  visit,
  type Resource,
} from './charts.fixture.ts'

beforeAll(starterMeasures, 120_000)

describe('breast-cancer-screening', () => {
  const patient = (birthDate: string, gender = 'female'): Resource => person(birthDate, { gender })
  const woman = patient('1970-03-01')
  const mammogram = (day: string): Resource => procedure(SNOMED, '24623002', day)
  const of = (...resources: Resource[]): Promise<string> => place('breast-cancer-screening', ...resources)

  it('counts women of 42 to 74 on the last day, with a visit', async () => {
    expect(await of(patient('1984-12-31'), visit())).toBe('unmet')
    expect(await of(patient('1985-01-01'), visit())).toBe('out')
    expect(await of(patient('1952-01-01'), visit())).toBe('unmet')
    expect(await of(patient('1951-12-31'), visit())).toBe('out')
    expect(await of(patient('1970-03-01', 'male'), visit())).toBe('out')
    expect(await of(person('1970-03-01'), visit())).toBe('out')
    expect(await of(woman)).toBe('out')
  })

  it('is met by a mammogram in the period or the 15 months before', async () => {
    expect(await of(woman, visit(), mammogram('2024-10-01'))).toBe('met')
    expect(await of(woman, visit(), mammogram('2024-09-30'))).toBe('unmet')
    expect(await of(woman, visit(), mammogram('2026-12-31'))).toBe('met')
    expect(await of(woman, visit(), mammogram('2027-01-01'))).toBe('unmet')
    expect(await of(woman, visit(), mammogram('2027-01-01T04:30:00Z'))).toBe('met')
    expect(await of(woman, visit(), { ...mammogram('2026-05-01'), status: 'not-done' })).toBe('unmet')
    expect(await of(woman, visit(), observation('24606-6', '2025-05-01', {}))).toBe('met')
    expect(await of(woman, visit(), observation('24606-6', '2024-09-30', {}))).toBe('unmet')
  })

  it('excludes who has no breast left', async () => {
    const [left, right] = [condition(ICD, 'Z90.12'), procedure(SNOMED, '429400009', '2003-04-01')]
    expect(await of(woman, visit(), condition(ICD, 'Z90.13'))).toBe('excluded')
    expect(await of(woman, visit(), condition(ICD, 'Z90.13', { onsetDateTime: '2027-01-01' }))).toBe('unmet')
    expect(await of(woman, visit(), procedure(SNOMED, '27865001', '2010-04-01'))).toBe('excluded')
    expect(await of(woman, visit(), left)).toBe('unmet')
    expect(await of(woman, visit(), right)).toBe('unmet')
    expect(await of(woman, visit(), left, right)).toBe('excluded')
    expect(await of(woman, visit(), condition(ICD, 'Z90.11'), procedure(SNOMED, '428571003', '2003-04-01'))).toBe('excluded')
    expect(await of(woman, visit(), left, procedure(SNOMED, '428571003', '2003-04-01'))).toBe('unmet')
  })

  it('excludes hospice, palliative care, and who is old, frail and ill', async () => {
    expect(await of(woman, visit(), procedure(HCPCS, 'G0182', '2026-02-01'))).toBe('excluded')
    expect(await of(woman, visit(), condition(ICD, 'Z51.5'))).toBe('excluded')
    expect(await of(patient('1955-03-01'), visit(), condition(ICD, 'Z99.3'), condition(ICD, 'C79.51'))).toBe('excluded')
    expect(await of(woman, visit(), condition(ICD, 'Z99.3'), condition(ICD, 'C79.51'))).toBe('unmet')
  })
})
