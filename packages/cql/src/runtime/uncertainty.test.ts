import { Interval, Uncertainty } from './values.ts'
import {
  before,
  end,
  includes,
  inInterval,
  intersectIntervals,
  intervalIncludes,
  less,
  lessOrEqual,
  overlaps,
  properlyInInterval,
  sameOrAfter,
  sameOrBefore,
  start,
} from './operators.ts'

const from = (low: number, high: number): Uncertainty => new Uncertainty(low, high)
const numbers = Array.from({ length: 9 }, (_, value) => value)
const pairs = numbers.flatMap((low) => numbers.filter((high) => high >= low).map((high) => [low, high] as const))

/** What holds of each number there is; null when it holds of some. */
function ofEach(held: readonly boolean[]): boolean | null {
  return held.every(Boolean) ? true : held.some(Boolean) ? null : false
}
const each = (low: number, high: number): number[] => numbers.filter((value) => low <= value && value <= high)

describe('a number that is not certain', () => {
  it('is in an interval when all that it can be is in, wherever they touch', () => {
    for (const [low, high] of pairs) {
      for (const [least, most] of pairs.filter(([a, b]) => a < b)) {
        const can = each(least, most)
        const age = from(least, most)
        const closed = ofEach(can.map((value) => low <= value && value <= high))
        // Each boundary is decided by itself: of an interval within the range neither is.
        const within = least < low && high < most ? null : closed
        expect([least, most, low, high, inInterval(age, new Interval(low, high))]).toEqual([least, most, low, high, within])
        expect(intervalIncludes(new Interval(low, high), age)).toBe(within)
        expect(includes(new Interval(low, high), new Interval(age, age))).toBe(within)
        if (high - low > 1) expect(inInterval(age, new Interval(low - 1, high + 1, false, false))).toBe(within)
        expect(before(age, new Interval(low, high))).toBe(ofEach(can.map((value) => value < low)))
        expect(sameOrBefore(age, new Interval(low, high))).toBe(ofEach(can.map((value) => value <= low)))
        expect(sameOrAfter(age, new Interval(low, high))).toBe(ofEach(can.map((value) => value >= high)))
        expect(overlaps(new Interval<unknown>(age, 20), new Interval(low, high))).toBe(ofEach(can.map((value) => value <= high)))
        expect([less(age, high), lessOrEqual(age, high)]).toEqual([
          ofEach(can.map((value) => value < high)),
          ofEach(can.map((value) => value <= high)),
        ])
        expect(properlyInInterval(age, new Interval(low - 1, high + 1))).toBe(within)
      }
    }
  })

  it('bounds intervals, open ones too, and leaves unknown which of two boundaries is further when nobody can tell', () => {
    const open = new Interval(from(3, 5), from(8, 9), false, false)
    expect([start(open), end(open)]).toEqual([from(4, 6), from(7, 8)])
    expect(inInterval(6, open)).toBe(true)
    expect(inInterval(4, open)).toBeNull()
    expect(inInterval(9, open)).toBe(false)
    expect(intersectIntervals(new Interval<unknown>(from(1, 3), 9), new Interval(2, 7))).toEqual(
      new Interval(null, 7, false, true, 'Integer'),
    )
  })
})
