import fc from 'fast-check'
import { classOf, concept, HCPCS, patient, place, procedure, SNOMED, starterMeasures, visit, type Resource } from './charts.fixture.ts'

beforeAll(starterMeasures, 120_000)

const disposition = (code: string): Resource => ({
  hospitalization: { dischargeDisposition: concept('http://terminology.hl7.org/CodeSystem/discharge-disposition', code) },
})
const stay = (start: string, end: string | undefined, more: Resource = {}): Resource =>
  visit(start, { ...classOf('IMP'), period: { start, end }, ...more })
const contact = (day: string, more: Resource = {}): Resource => visit(day, { class: undefined, type: [concept(HCPCS, 'T1016')], ...more })
const adult = patient('1970-03-01')
const of = (...resources: Resource[]): Promise<string> => place('follow-up-after-discharge', ...resources)

describe('follow-up-after-discharge', () => {
  // 2026-06-02 is a Tuesday.
  const home = stay('2026-05-29', '2026-06-02')

  it('counts adults who came home from a hospital in the period', async () => {
    expect(await of(adult, home)).toBe('unmet')
    expect(await of(patient('2008-12-31'), home)).toBe('unmet')
    expect(await of(patient('2009-01-01'), home)).toBe('out')
    expect(await of(patient('1970-03-01', { deceasedDateTime: '2026-09-01' }), home)).toBe('out')
    expect(await of(adult, visit())).toBe('out')
    expect(await of(adult, stay('2025-12-29', '2025-12-31'))).toBe('out')
    expect(await of(adult, stay('2025-12-29', '2026-01-01T04:59:59Z'))).toBe('out')
    expect(await of(adult, stay('2025-12-29', '2026-01-01T05:00:00Z'))).toBe('unmet')
    expect(await of(adult, stay('2026-12-29', '2027-01-01'))).toBe('out')
    expect(await of(adult, stay('2026-05-29', undefined))).toBe('out')
    expect(await of(adult, stay('2026-05-29', '2026-06'))).toBe('out')
    expect(await of(adult, stay('2026-05-29', '2026-06-02', { status: 'in-progress' }))).toBe('out')
    for (const code of ['ACUTE', 'NONAC', 'OBSENC']) expect(await of(adult, { ...home, ...classOf(code) })).toBe('unmet')
    expect(await of(adult, { ...home, ...classOf('EMER') })).toBe('out')
    expect(await of(adult, { ...home, ...disposition('home') })).toBe('unmet')
    for (const code of ['snf', 'rehab', 'other-hcf', 'long', 'psy', 'hosp', 'exp'])
      expect(await of(adult, { ...home, ...disposition(code) })).toBe('out')
  })

  it('is met by a contact or a visit on one of the days until the second business day', async () => {
    expect(await of(adult, home, contact('2026-06-03'))).toBe('met')
    expect(await of(adult, home, contact('2026-06-04'))).toBe('met')
    expect(await of(adult, home, contact('2026-06-05'))).toBe('unmet')
    expect(await of(adult, home, contact('2026-06-02'))).toBe('unmet')
    expect(await of(adult, home, contact('2026-06-05T03:59:00Z'))).toBe('met')
    expect(await of(adult, home, contact('2026-06-05T05:00:00Z'))).toBe('unmet')
    expect(await of(adult, home, contact('2026-06-03', { status: 'planned' }))).toBe('unmet')
    expect(await of(adult, home, contact('2026-06-03', { type: [concept(SNOMED, '50849002')] }))).toBe('unmet')
    expect(await of(adult, home, visit('2026-06-04T09:00:00-04:00'))).toBe('met')
    expect(await of(adult, home, visit('2026-06-04T09:00:00-04:00', classOf('EMER')))).toBe('unmet')
  })

  it('goes by the most recent discharge', async () => {
    expect(await of(adult, stay('2026-02-01', '2026-02-03'), home, contact('2026-06-03'))).toBe('met')
    expect(await of(adult, stay('2026-02-01', '2026-02-03'), home, contact('2026-02-04'))).toBe('unmet')
    // To a nursing home is no discharge that somebody at home waits for.
    expect(await of(adult, home, stay('2026-08-01', '2026-08-09', disposition('snf')), contact('2026-06-03'))).toBe('met')
  })

  it('may be kept after the end of the period', async () => {
    // Thursday, New Year's Day on Friday, so Tuesday.
    const late = stay('2026-12-28', '2026-12-31')
    expect(await of(adult, late, contact('2027-01-05'))).toBe('met')
    expect(await of(adult, late, contact('2027-01-06'))).toBe('unmet')
  })

  it('excludes who was back in hospital by then, and hospice care', async () => {
    const back = (start: string, more: Resource = {}): Resource => stay(start, undefined, { status: 'in-progress', ...more })
    expect(await of(adult, home, back('2026-06-04'))).toBe('excluded')
    expect(await of(adult, home, back('2026-06-05'))).toBe('unmet')
    expect(await of(adult, home, back('2026-06-03', { status: 'cancelled' }))).toBe('unmet')
    expect(await of(adult, stay('2026-06-02', '2026-06-02'))).toBe('unmet')
    expect(await of(adult, home, procedure(HCPCS, 'G0182', '2026-02-01'))).toBe('excluded')
  })
})

describe('the second business day', () => {
  // From the calendars that the Office of Personnel Management publishes: federal holidays of 2026, as kept.
  const holidays = [
    ...['2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19', '2026-07-03'],
    ...['2026-09-07', '2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25'],
    '2027-01-01',
  ]
  const plus = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
  const isOpen = (day: string): boolean => ![0, 6].includes(new Date(day).getUTCDay()) && !holidays.includes(day)
  function secondOpen(day: string): string {
    for (let left = 2, next = day; ;) if (isOpen((next = plus(next, 1))) && --left === 0) return next
  }

  it('is that of the published calendar for discharges on any day of 2026', async () => {
    const day = fc.integer({ min: 0, max: 364 }).map((n) => plus('2026-01-01', n))
    const around = fc
      .constantFrom(...holidays.slice(0, -1))
      .chain((holiday) => fc.integer({ min: -4, max: 1 }).map((n) => plus(holiday, n)))
    const discharge = fc.oneof(day, around).filter((one) => one >= '2026-01-01')
    await fc.assert(
      fc.asyncProperty(discharge, async (out) => {
        const home = stay(plus(out, -2), out)
        expect([out, await of(adult, home, contact(secondOpen(out)))]).toEqual([out, 'met'])
        expect([out, await of(adult, home, contact(plus(secondOpen(out), 1)))]).toEqual([out, 'unmet'])
      }),
      { numRuns: 150 },
    )
  }, 60_000)

  it('knows Thanksgiving Day at its earliest and its latest', async () => {
    // Thursday 22 November 2018 and 28 November 2019, as the Office of Personnel Management published them.
    const measure = (await starterMeasures()).get('follow-up-after-discharge')!
    for (const [out, second, next] of [
      ['2018-11-20', '2018-11-23', '2018-11-24'],
      ['2019-11-26', '2019-11-29', '2019-11-30'],
    ] as const) {
      const year = out.slice(0, 4)
      const kept = async (day: string): Promise<number> => {
        const resources = [adult, stay(plus(out, -2), out), contact(day)].map((resource) => JSON.stringify(resource))
        const during = { start: `${year}-01-01`, end: `${year}-12-31`, offsetMinutes: -300 }
        return (await measure.evaluate([{ id: 'c', resources }], during))[0]!.groups[0]!.populations.numerator
      }
      expect([await kept(second), await kept(next)]).toEqual([1, 0])
    }
  })
})
