import {
  condition,
  HCPCS,
  ICD,
  observation,
  patient,
  place,
  procedure,
  SNOMED,
  starterMeasures,
  visit,
  type Resource,
} from './charts.fixture.ts'

beforeAll(starterMeasures, 120_000)

describe('colorectal-cancer-screening', () => {
  const adult = patient('1970-03-01')
  const result = (code: string, day: string): Resource => observation(code, day, { valueString: 'negative' })
  const of = (...resources: Resource[]): Promise<string> => place('colorectal-cancer-screening', ...resources)

  it('counts ages 46 to 75 on the last day, with a visit', async () => {
    expect(await of(patient('1980-12-31'), visit())).toBe('unmet')
    expect(await of(patient('1981-01-01'), visit())).toBe('out')
    expect(await of(patient('1951-01-01'), visit())).toBe('unmet')
    expect(await of(patient('1950-12-31'), visit())).toBe('out')
    expect(await of(adult)).toBe('out')
  })

  // Each test counts as long as it holds.
  it.each([
    ['stool blood by immunoassay', (day: string) => result('29771-3', day), '2026-01-01', '2025-12-31'],
    ['stool blood told as a procedure', (day: string) => procedure(HCPCS, 'G0328', day), '2026-01-01', '2025-12-31'],
    ['stool DNA', (day: string) => result('77354-9', day), '2024-01-01', '2023-12-31'],
    ['sigmoidoscopy', (day: string) => procedure(SNOMED, '44441009', day), '2022-01-01', '2021-12-31'],
    ['CT colonography', (day: string) => observation('79101-2', day, {}), '2022-01-01', '2021-12-31'],
    ['colonoscopy', (day: string) => procedure(SNOMED, '73761001', day), '2017-01-01', '2016-12-31'],
    ['colonoscopy by claim', (day: string) => procedure(HCPCS, 'G0121', day), '2017-01-01', '2016-12-31'],
  ])('%s', async (_, test, first, before) => {
    expect(await of(adult, visit(), test(first))).toBe('met')
    expect(await of(adult, visit(), test(before))).toBe('unmet')
    expect(await of(adult, visit(), test('2026-12-31'))).toBe('met')
    expect(await of(adult, visit(), test('2027-01-01'))).toBe('unmet')
    expect(await of(adult, visit(), test('2027-01-01T04:30:00Z'))).toBe('met')
    expect(await of(adult, visit(), { ...test(first), status: 'entered-in-error' })).toBe('unmet')
  })

  it('takes no laboratory test without a result', async () => {
    expect(await of(adult, visit(), observation('29771-3', '2026-06-01', {}))).toBe('unmet')
    expect(await of(adult, visit(), observation('77354-9', '2026-06-01', {}))).toBe('unmet')
  })

  it('excludes cancer of the bowel and a colon that is gone', async () => {
    expect(await of(adult, visit(), condition(ICD, 'C18.2', { abatementDateTime: '2012-01-01', onsetDateTime: '2011-01-01' }))).toBe(
      'excluded',
    )
    expect(await of(adult, visit(), condition(ICD, 'Z85.038'))).toBe('excluded')
    expect(await of(adult, visit(), condition(ICD, 'C18.2', { onsetDateTime: '2027-01-01' }))).toBe('unmet')
    expect(await of(adult, visit(), procedure(SNOMED, '26390003', '2001-05-01'))).toBe('excluded')
    expect(await of(adult, visit(), procedure(SNOMED, '26390003', '2027-05-01'))).toBe('unmet')
  })

  it('excludes hospice, palliative care, and who is old, frail and ill', async () => {
    const [frail, ill] = [condition(ICD, 'R54'), condition(ICD, 'G30.9')]
    expect(await of(adult, visit(), procedure(HCPCS, 'G0182', '2026-02-01'))).toBe('excluded')
    expect(await of(adult, visit(), condition(ICD, 'Z51.5'))).toBe('excluded')
    expect(await of(patient('1960-12-31'), visit(), frail, ill)).toBe('excluded')
    expect(await of(patient('1961-01-01'), visit(), frail, ill)).toBe('unmet')
    expect(await of(patient('1960-12-31'), visit(), frail)).toBe('unmet')
    expect(await of(patient('1960-12-31'), visit(), ill)).toBe('unmet')
    const over = (day: string): Resource => condition(ICD, 'G30.9', { abatementDateTime: day })
    expect(await of(patient('1960-12-31'), visit(), frail, over('2025-01-01'))).toBe('excluded')
    expect(await of(patient('1960-12-31'), visit(), frail, over('2024-12-31'))).toBe('unmet')
    expect(await of(patient('1960-12-31'), visit(), condition(ICD, 'R54', { abatementDateTime: '2025-12-31' }), ill)).toBe('unmet')
  })
})
