import { HCPCS, observation, patient, place, procedure, starterMeasures, visit, type Resource } from './charts.fixture.ts'

beforeAll(starterMeasures, 120_000)

describe('falls-risk-screening', () => {
  const old = patient('1950-03-01')
  const screening = (day: string, more: Resource = { valueString: 'low' }, code = '73830-2'): Resource => observation(code, day, more)
  const of = (...resources: Resource[]): Promise<string> => place('falls-risk-screening', ...resources)

  it('counts from 65 years on the first day, with a visit', async () => {
    expect(await of(patient('1961-01-01'), visit())).toBe('unmet')
    expect(await of(patient('1961-01-02'), visit())).toBe('out')
    expect(await of(patient('1921-01-02'), visit())).toBe('unmet')
    expect(await of(old)).toBe('out')
  })

  it('is met by an answer in the period', async () => {
    expect(await of(old, visit(), screening('2026-01-01'))).toBe('met')
    expect(await of(old, visit(), screening('2025-12-31'))).toBe('unmet')
    expect(await of(old, visit(), screening('2027-01-01T04:59:00Z'))).toBe('met')
    expect(await of(old, visit(), screening('2027-01-01T05:00:00Z'))).toBe('unmet')
    expect(await of(old, visit(), screening('2026-05-01', { valueInteger: 0 }, '52552-7'))).toBe('met')
    expect(await of(old, visit(), screening('2026-05-01', {}))).toBe('unmet')
    expect(await of(old, visit(), { ...screening('2026-05-01'), status: 'preliminary' })).toBe('unmet')
  })

  it('excludes hospice care', async () => {
    expect(await of(old, visit(), procedure(HCPCS, 'G0182', '2026-02-01'))).toBe('excluded')
  })
})
