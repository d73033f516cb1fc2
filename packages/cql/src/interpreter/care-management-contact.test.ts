import {
  concept,
  condition,
  HCPCS,
  ICD,
  patient,
  place,
  procedure,
  SNOMED,
  starterMeasures,
  visit,
  type Resource,
} from './charts.fixture.ts'

beforeAll(starterMeasures, 120_000)

describe('care-management-contact', () => {
  const adult = patient('1970-03-01')
  const chronic = [condition(SNOMED, '44054006'), condition(SNOMED, '38341003')]
  const contact = (day: string, code = 'T1017', more: Resource = {}): Resource =>
    visit(day, { class: undefined, type: [concept(HCPCS, code)], ...more })
  const of = (...resources: Resource[]): Promise<string> => place('care-management-contact', ...resources)

  it('counts adults with two different chronic conditions at the end', async () => {
    expect(await of(adult, ...chronic, visit())).toBe('unmet')
    expect(await of(patient('2009-01-01'), ...chronic, visit())).toBe('out')
    expect(await of(patient('2008-12-31'), ...chronic, visit())).toBe('unmet')
    expect(await of(adult, chronic[0]!, visit())).toBe('out')
    expect(await of(adult, chronic[0]!, condition(ICD, 'E11.65'), visit())).toBe('out')
    expect(await of(adult, chronic[0]!, condition(SNOMED, '195967001', { abatementDateTime: '2026-12-30' }), visit())).toBe('out')
    expect(await of(adult, chronic[0]!, condition(SNOMED, '195967001', { abatementDateTime: '2026-12-31' }), visit())).toBe('unmet')
    expect(await of(adult, ...chronic)).toBe('out')
  })

  it('counts each of the nine groups', async () => {
    const others = ['53741008', '88805009', '233678006', '185086009', '431856006', '370143000', '239873007', '59621000']
    for (const code of others) expect(await of(adult, chronic[0]!, condition(SNOMED, code), visit())).toBe('unmet')
  })

  it('wants a contact in the last 180 days', async () => {
    expect(await of(adult, ...chronic, visit(), contact('2026-07-05'))).toBe('met')
    expect(await of(adult, ...chronic, visit(), contact('2026-07-04'))).toBe('unmet')
    expect(await of(adult, ...chronic, visit(), contact('2026-12-31'))).toBe('met')
    expect(await of(adult, ...chronic, visit(), contact('2027-01-01'))).toBe('unmet')
    expect(await of(adult, ...chronic, visit(), contact('2026-10-01', 'G0557'))).toBe('met')
    expect(await of(adult, ...chronic, visit(), contact('2026-10-01', 'T1017', { status: 'planned' }))).toBe('unmet')
    expect(await of(adult, ...chronic, visit())).toBe('unmet')
  })

  it('excludes hospice care', async () => {
    expect(await of(adult, ...chronic, visit(), procedure(HCPCS, 'G0182', '2026-02-01'))).toBe('excluded')
  })
})
