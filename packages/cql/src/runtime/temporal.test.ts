import { Interval, Precision, Uncertainty } from './values.ts'
import { addToDateTime } from './temporal-arithmetic.ts'
import {
  add,
  before,
  between,
  inInterval,
  intervalIncludes,
  differenceBetween,
  durationBetween,
  equal,
  equivalent,
  greater,
  less,
  lessOrEqual,
  min,
  multiply,
  negate,
  overlaps,
  parseDate,
  parseDateTime,
  parseTime,
  sameAs,
  sameOrBefore,
  successor,
  toQuantity,
} from './operators.ts'

const at = (text: string) => parseDateTime(text, 0)!

describe('dates and times', () => {
  it.each([
    ['2012-01-01T10:00:00.000+07:00', '2012-01-01T03:00:00.000Z', 0, true],
    ['2012-01-01', '2012-01-01T10', 0, null],
    ['2012-01-01', '2012-01', Precision.Month, true],
    ['2012-01-01', '2012', Precision.Month, null],
    ['2012-01-01', '2013', Precision.Month, false],
    ['2022-02-22T00:00:00.000-05:00', '2022-02-22T04:59:00.000Z', Precision.Day, true],
    ['2022-02-22T00:00:00.000-05:00', '2022-02-22T05:59:00.000Z', Precision.Hour, true],
    ['2022-02-22T00:00:00', '2022-02-22T00:00:00.000', 0, true],
    ['2022-02-22T00:00:00', '2022-02-22T00:00:00.001', 0, false],
    ['2022-02-22T00:00:00', '2022-02-22T00:00:00.001', Precision.Second, true],
    ['2022-02-22T00:00:00', '2022-02-22T00:00:00.000', Precision.Millisecond, null],
  ] as const)('%s same as %s at precision %i: %p', (left, right, precision, expected) =>
    expect(sameAs(at(left), at(right), precision)).toBe(expected),
  )

  it('are apart by no Integer when there is none so large, as what is computed of one is not', () => {
    const [born, now] = [at('1957-01-01T00:00:00.000Z'), at('2026-01-01T00:00:00.000Z')]
    expect(durationBetween(born, now, Precision.Second)).toBeNull()
    expect(durationBetween(at('1958-01-01T00:00:00Z'), now, Precision.Second)).toBe(68 * 365.25 * 86_400)
    expect(differenceBetween(now, at('2026-01-25T20:31:23.647Z'), Precision.Millisecond)).toBe(2_147_483_647)
    expect(differenceBetween(now, at('2026-01-25T20:31:23.648Z'), Precision.Millisecond)).toBeNull()
    expect(differenceBetween(at('2026-01-25T20:31:23.648Z'), now, Precision.Millisecond)).toBe(-2_147_483_648)
    // Somewhere from 23 to 25 days: it may have no place.
    expect(durationBetween(now, at('2026-01-25T20'), Precision.Millisecond)).toBeNull()
    expect(durationBetween(now, at('2026-01-24T20'), Precision.Millisecond)).toBeInstanceOf(Uncertainty)
    const years = new Uncertainty(2, 5)
    expect([add(years, 2_147_483_643), multiply(years, -500_000_000), negate(new Uncertainty(-2_147_483_648, 0))]).toEqual([
      null,
      null,
      null,
    ])
    expect(() => successor(new Uncertainty(1, 2_147_483_647))).toThrow('has no successor')
    expect(multiply(years, 0)).toBe(0)
  })

  it('are equal with seconds and milliseconds as one precision, a decimal', () => {
    const second = at('2022-02-22T00:00:00Z')
    expect(equal(second, at('2022-02-22T00:00:00.000Z'))).toBe(true)
    expect(equal(at('2022-02-22T02:00:00.001+02:00'), second)).toBe(false)
    expect(equal(second, at('2022-02-22T00:00Z'))).toBeNull()
    expect(equivalent(second, at('2022-02-22T00:00:00.000Z'))).toBe(true)
  })

  it.each([
    ['T10:00:00', 'T10:00:00.000', { less: false, lessOrEqual: true, same: true }],
    ['T10:00:00', 'T10:00:00.001', { less: true, lessOrEqual: true, same: false }],
    ['T09:59:59.999', 'T10:00:00', { less: true, lessOrEqual: true, same: false }],
    ['T10:00:00.001', 'T10:00:00', { less: false, lessOrEqual: false, same: false }],
    ['T10:00:00', 'T10:00', { less: null, lessOrEqual: null, same: null }],
  ])('%s beside %s: seconds and milliseconds are one precision, a decimal', (left, right, expected) => {
    for (const [one, other] of [
      [parseTime(left), parseTime(right)],
      [at(`2022-02-22${left}`), at(`2022-02-22${right}Z`)],
    ]) {
      expect({ less: less(one, other), lessOrEqual: lessOrEqual(one, other), same: sameAs(one, other) }).toEqual(expected)
      expect({ less: greater(other, one), lessOrEqual: sameOrBefore(one, other), same: equal(one, other) }).toEqual(expected)
    }
  })

  it('has the first and the last second of a year in it, also where no milliseconds are written', () => {
    const year = new Interval(at('2026-01-01T00:00:00.000Z'), at('2026-12-31T23:59:59.999Z'))
    for (const instant of ['2026-01-01T00:00:00Z', '2026-12-31T23:59:59Z']) {
      expect(inInterval(at(instant), year)).toBe(true)
      expect(intervalIncludes(year, new Interval(at(instant), at(instant)))).toBe(true)
      expect(overlaps(year, new Interval(at('2025-07-01'), at(instant)))).toBe(true)
      expect(between(at(instant), year.low, year.high)).toBe(true)
    }
    expect(inInterval(at('2025-12-31T23:59:59Z'), year)).toBe(false)
    expect(min([at('2026-01-01T00:00:01Z'), at('2026-01-01T00:00:00.500Z')])).toEqual(at('2026-01-01T00:00:00.500Z'))
  })

  it('counts milliseconds from a whole second, where none are written', () => {
    expect(durationBetween(at('2026-01-01T00:00:00Z'), at('2026-01-01T00:00:01.250Z'), Precision.Millisecond)).toBe(1250)
    expect(differenceBetween(at('2026-01-01T00:00:00Z'), at('2026-01-01T00:00:01Z'), Precision.Millisecond)).toBe(1000)
    expect(durationBetween(at('2026-01-01T00:00Z'), at('2026-01-01T00:01Z'), Precision.Second)).toEqual(new Uncertainty(0, 119))
  })

  it('orders what is known enough', () => {
    expect(before(at('2012'), at('2013-05'))).toBe(true)
    expect(before(at('2012'), at('2012-05'))).toBeNull()
    expect(sameOrBefore(at('2012-05'), at('2012-05-01'), Precision.Month)).toBe(true)
    expect(before(parseDate('2012-05-02'), at('2012-05-03T00:00:00.000+14:00'))).toBe(true)
  })

  it('are in an interval by exclusive comparison with its open boundaries, not by their neighbours', () => {
    const until = new Interval(null, at('2026-02-01'), true, false, 'DateTime')
    expect(inInterval(at('2026-01-31T10:00:00.000Z'), until)).toBe(true)
    expect(inInterval(at('2026-02-01T10:00:00.000Z'), until)).toBeNull()
    expect(inInterval(at('2026-02-01'), until)).toBe(false)
    const day = new Interval(at('2026-02-01T10:00:00.000Z'), at('2026-02-02T10:00:00.000Z'), true, false, 'DateTime')
    expect(inInterval(at('2026-02-02T09:00:00.000Z'), day, Precision.Day)).toBe(false)
    expect(inInterval(at('2026-02-02T09:00:00.000Z'), day)).toBe(true)
    expect(inInterval(at('2026-01-01T00:00:00.000Z'), new Interval(at('2026-01-01T00:00:00.000Z'), at('2026'), true, true))).toBe(true)
  })

  it('counts whole periods and crossed boundaries, uncertain where the dates are', () => {
    expect(durationBetween(at('2014-01-15'), at('2014-02'), Precision.Day)).toEqual(new Uncertainty(16, 44))
    expect(durationBetween(parseDate('2012-02-29'), parseDate('2013-02-28'), Precision.Year)).toBe(0)
    expect(durationBetween(parseDate('2012-02-29'), parseDate('2013-03-01'), Precision.Year)).toBe(1)
    expect(durationBetween(parseDate('2014-01-31'), parseDate('2014-02-28'), Precision.Month)).toBe(0)
    expect(differenceBetween(parseDate('2014-01-31'), parseDate('2014-02-01'), Precision.Month)).toBe(1)
    expect(differenceBetween(parseDate('2000-10-14'), parseDate('2000-10-15'), Precision.Week)).toBe(1)
    expect(differenceBetween(parseDate('1969-12-27'), parseDate('1969-12-28'), Precision.Week)).toBe(1)
  })

  it('moves by the calendar and counts finer durations in the precision of the value', () => {
    const moved = (text: string, duration: string, sign: 1 | -1 = 1) =>
      addToDateTime(at(text), toQuantity(duration)!, sign)?.toString() ?? null
    expect(moved('2012-02-29', '1 year')).toBe('2013-02-28')
    expect(moved('2012-01-31', '1 month')).toBe('2012-02-29')
    expect(moved('2014', '25 months')).toBe('2016')
    expect(moved('2014', '735 days')).toBe('2016')
    expect(moved('2016-05', '31535999 seconds', -1)).toBe('2015-05')
    expect(moved('2016-06-10T05:05:05.005', '6 milliseconds', -1)).toBe('2016-06-10T05:05:04.999+00:00')
    expect(() => moved('2005-10-10', '8000 years')).toThrow('years 1 to 9999')
    // Thirty days after the end of what goes on.
    expect(moved('9999-12-31T23:59:59.999', '30 days')).toBeNull()
    expect(moved('9999-12-31T23:59:59.999', '1 hour')).toBeNull()
    expect(moved('0001-01-01', '1 month', -1)).toBeNull()
    expect(moved('9999-12-31T23:59:59.999', '30 days', -1)).toBe('9999-12-01T23:59:59.999+00:00')
  })
})
