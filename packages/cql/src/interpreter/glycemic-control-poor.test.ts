import {
  concept,
  condition,
  HCPCS,
  ICD,
  id,
  membership,
  observation,
  patient,
  place,
  procedure,
  quantity,
  SNOMED,
  starterMeasures,
  status,
  visit,
  type Resource,
} from './charts.fixture.ts'

beforeAll(starterMeasures, 120_000)

describe('glycemic-control-poor', () => {
  const diabetes = (more: Resource = {}): Resource => condition(ICD, 'E11.9', more)
  const a1c = (value: number, day = '2026-06-01', more: Resource = {}): Resource =>
    observation('4548-4', day, { ...quantity(value, '%'), ...more })
  const of = (...resources: Resource[]): Promise<string> => place('glycemic-control-poor', ...resources)
  const adult = patient('1970-03-01')

  it('counts ages 18 to 75 on the last day', async () => {
    expect(await of(patient('2008-12-31'), diabetes(), visit(), a1c(7))).toBe('unmet')
    expect(await of(patient('2009-01-01'), diabetes(), visit(), a1c(7))).toBe('out')
    expect(await of(patient('1951-01-01'), diabetes(), visit(), a1c(7))).toBe('unmet')
    expect(await of(patient('1950-12-31'), diabetes(), visit(), a1c(7))).toBe('out')
  })

  it('is poor above 9 %, or without a result', async () => {
    expect(await of(adult, diabetes(), visit(), a1c(9))).toBe('unmet')
    expect(await of(adult, diabetes(), visit(), a1c(9.1))).toBe('met')
    expect(await of(adult, diabetes(), visit())).toBe('met')
    expect(await of(adult, diabetes(), visit(), a1c(7, '2025-12-31'))).toBe('met')
    expect(await of(adult, diabetes(), visit(), a1c(7, '2026-06-01', { status: 'preliminary' }))).toBe('met')
    expect(await of(adult, diabetes(), visit(), a1c(53, '2026-06-01', quantity(53, 'mmol/mol')))).toBe('met')
    expect(await of(adult, diabetes(), visit(), observation('4548-4', '2026-06-01', {}))).toBe('met')
  })

  it('goes by the most recent day, and by the lowest result of that day', async () => {
    expect(await of(adult, diabetes(), visit(), a1c(10, '2026-03-01'), a1c(8, '2026-09-01'))).toBe('unmet')
    expect(await of(adult, diabetes(), visit(), a1c(8, '2026-03-01'), a1c(10, '2026-09-01'))).toBe('met')
    expect(await of(adult, diabetes(), visit(), a1c(10, '2026-09-01T09:00:00-04:00'), a1c(8, '2026-09-01T08:00:00-04:00'))).toBe('unmet')
    // A result without a value decides nothing.
    expect(await of(adult, diabetes(), visit(), a1c(8, '2026-03-01'), observation('4548-4', '2026-09-01', {}))).toBe('unmet')
  })

  it('reads times in the zone of the region', async () => {
    // 31 December 22:30 there, 1 January in London.
    expect(await of(adult, diabetes(), visit('2027-01-01T03:30:00Z'), a1c(8, '2027-01-01T03:30:00Z'))).toBe('unmet')
    expect(await of(adult, diabetes(), visit('2027-01-01T05:00:00Z'))).toBe('out')
    expect(await of(adult, diabetes(), visit('2026-01-01T04:59:59Z'))).toBe('out')
    expect(await of(adult, diabetes(), visit('2026-01-01T05:00:00Z'))).toBe('met')
    expect(await of(adult, diabetes(), visit('2026-12-31'), a1c(8, '2026-01-01'))).toBe('unmet')
  })

  it('wants the diabetes to be there in the period', async () => {
    const has = async (more: Resource): Promise<boolean> => (await of(adult, diabetes(more), visit())) !== 'out'
    expect(await has({ onsetDateTime: '2026-12-31' })).toBe(true)
    expect(await has({ onsetDateTime: '2027-01-01' })).toBe(false)
    expect(await has({ onsetDateTime: '2026' })).toBe(true)
    expect(await has({ onsetDateTime: undefined, recordedDate: '2027-02-01' })).toBe(false)
    expect(await has({ onsetDateTime: undefined })).toBe(true)
    expect(await has({ abatementDateTime: '2025-12-31' })).toBe(false)
    expect(await has({ abatementDateTime: '2026-01-01' })).toBe(true)
    expect(await has({ clinicalStatus: status('clinical', 'resolved') })).toBe(false)
    expect(await has({ clinicalStatus: status('clinical', 'resolved'), abatementDateTime: '2026-06-01' })).toBe(true)
    expect(await has({ verificationStatus: status('ver-status', 'entered-in-error') })).toBe(false)
    expect(await has({ verificationStatus: status('ver-status', 'refuted') })).toBe(false)
    expect(await has({ verificationStatus: undefined, clinicalStatus: undefined })).toBe(true)
    expect(await has({ code: concept(SNOMED, '44054006') })).toBe(true)
    expect(await has({ code: concept(ICD, '44054006') })).toBe(false)
    expect(await has({ code: concept(ICD, 'O24.410') })).toBe(false)
  })

  it('wants a visit that took place', async () => {
    const klass = (code: string): Resource => ({ class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code } })
    expect(await of(adult, diabetes())).toBe('out')
    expect(await of(adult, diabetes(), visit(undefined, { status: 'cancelled' }))).toBe('out')
    for (const code of ['EMER', 'IMP']) expect(await of(adult, diabetes(), visit(undefined, klass(code)))).toBe('out')
    for (const code of ['VR', 'HH']) expect(await of(adult, diabetes(), visit(undefined, klass(code)))).toBe('met')
  })

  it('leaves out who died by the last day', async () => {
    const of1970 = (more: Resource): Promise<string> => of(patient('1970-03-01', more), diabetes(), visit())
    expect(await of1970({ deceasedDateTime: '2026-12-31T20:00:00-05:00' })).toBe('out')
    expect(await of1970({ deceasedDateTime: '2027-01-01T03:00:00Z' })).toBe('out')
    expect(await of1970({ deceasedDateTime: '2027-01-01' })).toBe('met')
    expect(await of1970({ deceasedBoolean: true })).toBe('out')
    expect(await of1970({ deceasedBoolean: false })).toBe('met')
  })

  it('excludes hospice care', async () => {
    const order = {
      resourceType: 'ServiceRequest',
      id: id(),
      status: 'active',
      intent: 'order',
      code: concept(SNOMED, '385763009'),
      authoredOn: '2026-04-01',
    }
    const stay = { type: [concept(HCPCS, 'Q5001')], class: undefined, period: { start: '2025-11-01' }, status: 'in-progress' }
    expect(await of(adult, diabetes(), visit(), procedure(HCPCS, 'G0182', '2026-02-01'))).toBe('excluded')
    expect(await of(adult, diabetes(), visit(), procedure(HCPCS, 'G0182', '2025-02-01'))).toBe('met')
    expect(await of(adult, diabetes(), visit(), order)).toBe('excluded')
    expect(await of(adult, diabetes(), visit(), { ...order, doNotPerform: true })).toBe('met')
    expect(await of(adult, diabetes(), visit(), visit(undefined, stay))).toBe('excluded')
  })

  it('keeps the facts that decided', async () => {
    const lab = a1c(9.5)
    const evidence = (await membership('glycemic-control-poor', adult, diabetes({ id: 'dm' }), visit(undefined, { id: 'v' }), lab)).evidence
    expect([...evidence].sort()).toEqual(['Condition/dm', 'Encounter/v', `Observation/${String(lab.id)}`].sort())
  })

  it('keeps them although there were many visits', async () => {
    const visits = Array.from({ length: 80 }, () => visit())
    const { evidence } = await membership(
      'glycemic-control-poor',
      adult,
      diabetes({ id: 'dm' }),
      ...visits,
      a1c(9.5, '2026-06-01', { id: 'lab' }),
    )
    expect(evidence).toHaveLength(50)
    expect(evidence).toEqual(expect.arrayContaining(['Condition/dm', 'Observation/lab']))
  })
})
