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

describe('blood-pressure-control', () => {
  const hypertension = condition(ICD, 'I10')
  const adult = patient('1970-03-01')
  const pressure = (systolic: number, diastolic: number, day = '2026-06-01', more: Resource = {}): Resource =>
    observation('85354-9', day, {
      component: [
        { code: concept(LOINC, '8480-6'), ...quantity(systolic, 'mm[Hg]') },
        { code: concept(LOINC, '8462-4'), ...quantity(diastolic, 'mm[Hg]') },
      ],
      ...more,
    })
  const of = (...resources: Resource[]): Promise<string> => place('blood-pressure-control', ...resources)

  it('counts ages 18 to 85', async () => {
    expect(await of(patient('1941-01-01'), hypertension, visit())).toBe('unmet')
    expect(await of(patient('1940-12-31'), hypertension, visit())).toBe('out')
    expect(await of(patient('2009-01-01'), hypertension, visit())).toBe('out')
  })

  it('is controlled below 140 and below 90', async () => {
    expect(await of(adult, hypertension, visit(), pressure(139, 89))).toBe('met')
    expect(await of(adult, hypertension, visit(), pressure(140, 89))).toBe('unmet')
    expect(await of(adult, hypertension, visit(), pressure(139, 90))).toBe('unmet')
    expect(await of(adult, hypertension, visit(), pressure(139.9, 89.9, '2026-06-01', { code: concept(LOINC, '55284-4') }))).toBe('met')
    expect(await of(adult, hypertension, visit())).toBe('unmet')
    expect(await of(adult, hypertension, visit(), pressure(120, 70, '2025-12-31'))).toBe('unmet')
    expect(await of(adult, hypertension, visit(), pressure(120, 70, '2026-06-01', { status: 'entered-in-error' }))).toBe('unmet')
  })

  it('goes by the most recent day and the lowest of each pressure on it', async () => {
    expect(await of(adult, hypertension, visit(), pressure(120, 70, '2026-03-01'), pressure(150, 95, '2026-09-01'))).toBe('unmet')
    expect(
      await of(
        adult,
        hypertension,
        visit(),
        pressure(150, 80, '2026-09-01T08:00:00-04:00'),
        pressure(130, 95, '2026-09-01T09:00:00-04:00'),
      ),
    ).toBe('met')
    // A reading with one pressure is not a blood pressure.
    const half = pressure(150, 95, '2026-10-01')
    expect(
      await of(adult, hypertension, visit(), pressure(120, 70), { ...half, component: (half.component as object[]).slice(0, 1) }),
    ).toBe('met')
  })

  it('excludes kidney failure, dialysis, transplant, pregnancy and hospice', async () => {
    expect(await of(adult, hypertension, visit(), condition(ICD, 'N18.6'))).toBe('excluded')
    expect(await of(adult, hypertension, visit(), condition(ICD, 'Z94.0'))).toBe('excluded')
    expect(await of(adult, hypertension, visit(), procedure(SNOMED, '265764009', '2024-02-01'))).toBe('excluded')
    expect(await of(adult, hypertension, visit(), procedure(SNOMED, '265764009', '2027-02-01'))).toBe('unmet')
    expect(await of(adult, hypertension, visit(), condition(SNOMED, '72892002', { onsetDateTime: '2026-02-01' }))).toBe('excluded')
    expect(await of(adult, hypertension, visit(), condition(SNOMED, '72892002', { abatementDateTime: '2025-06-01' }))).toBe('unmet')
    expect(await of(adult, hypertension, visit(), procedure(SNOMED, '385763009', '2026-02-01'))).toBe('excluded')
  })
})
