import fc from 'fast-check'
import { minutesOf, unusableHours, type WeeklyHours } from '../../hours.ts'
import { concernsOf } from '../../schedule/concerns.ts'
import { placeHours, type PlacingRules, type Taken, type ToPlace } from './place-hours.ts'

const travel = (from: string | null, to: string | null): number | null =>
  from === null || to === null ? null : from === to ? 0 : [from, to].includes('Far') ? 90 : 20
const rules: PlacingRules = { travel, stepMinutes: 60, blockMinutes: 240, day: { from: 480, until: 1020, most: 480 } }
const at = (weekday: number, from: number, until: number): WeeklyHours => ({ weekday, from, until })
const want = (practiceId: string, minutes: number, before: WeeklyHours[] = [], taken: Taken[] = []): ToPlace => ({
  ...{ practiceId, town: practiceId, minutes, before, taken },
})
const hoursOf = (wanted: ToPlace[], more: Partial<PlacingRules> = {}) =>
  placeHours(wanted, { ...rules, ...more }).map(({ hours, missing }) => [
    ...hours.map(({ weekday, from, until }) => [weekday, from / 60, until / 60]),
    ...(missing ? [missing] : []),
  ])

test('hours stay where they are, are cut at their end, and grow where somebody is already', () => {
  expect(hoursOf([want('Near', 240, [at(2, 540, 780)])])).toEqual([[[2, 9, 13]]])
  expect(hoursOf([want('Near', 300, [at(2, 480, 960)])])).toEqual([[[2, 8, 13]]])
  // The longest visits stay; what is left over is no visit of its own.
  expect(hoursOf([want('Near', 300, [at(2, 540, 780), at(4, 540, 780)])])).toEqual([[[2, 9, 14]]])
  expect(hoursOf([want('Near', 480, [at(2, 600, 840)])])).toEqual([[[2, 9, 17]]])
  // An evening that was agreed on stays one.
  expect(hoursOf([want('Near', 240, [at(3, 1020, 1260)])])).toEqual([[[3, 17, 21]]])
})

test('free time is filled by whole days first, and no visit is shorter than a block where it can be', () => {
  expect(hoursOf([want('Near', 960)])).toEqual([
    [
      [1, 8, 16],
      [2, 8, 16],
    ],
  ])
  // 9 hours are no day and one hour.
  expect(hoursOf([want('Near', 540)])).toEqual([
    [
      [1, 8, 13],
      [2, 8, 12],
    ],
  ])
  expect(hoursOf([want('Near', 60)])).toEqual([[[1, 8, 9]]])
})

test('the way between towns lies between visits of a day; where nobody recorded it, it counts as none', () => {
  const busy = (until: number, town: string | null): Taken[] =>
    [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 480, until, practiceId: 'other', town }))
  expect(hoursOf([want('Near', 240, [], busy(660, 'Far'))])).toEqual([[[1, 12.5, 16.5]]])
  expect(hoursOf([want('Near', 240, [], busy(660, null))])).toEqual([[[1, 11, 15]]])
  // Where a block fits nowhere, shorter visits do; and what fits nowhere is told.
  expect(hoursOf([want('Near', 240, [], busy(800, 'Far'))])).toEqual([
    [
      [1, 890 / 60, 1010 / 60],
      [2, 890 / 60, 1010 / 60],
    ],
  ])
  expect(hoursOf([want('Near', 240, [], busy(1000, 'Far'))])).toEqual([[240]])
})

test('where what stays leaves no place for the rest, all is placed anew', () => {
  const before = [1, 2, 3, 4, 5].map((weekday) => at(weekday, 600, 900))
  const found = placeHours([want('Near', 1500, before), want('Far', 480)], rules)
  expect(found.map(({ missing }) => missing)).toEqual([0, 0])
})

const practices = ['Near', 'Next', 'Far', 'Nowhere'] as const
const stretch = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 12, max: 40 }), fc.integer({ min: 1, max: 16 }))
  .map(([weekday, from, length]) => at(weekday, from * 30, (from + length) * 30))
const usable = (hours: WeeklyHours[]) => unusableHours(hours) === null
const townOf = (practiceId: string): string | null => (practiceId === 'Nowhere' ? null : practiceId)

test('sums are what was asked or what is missing is told; nothing overlaps and no known way is missing', () => {
  const week = fc.record({
    minutes: fc.array(fc.integer({ min: 1, max: 24 }), { minLength: 1, maxLength: 4 }),
    before: fc.array(fc.array(stretch, { maxLength: 4 }).filter(usable), { minLength: 4, maxLength: 4 }),
    taken: fc.array(stretch, { maxLength: 4 }).filter(usable),
    step: fc.constantFrom(15, 30, 60),
    block: fc.constantFrom(0, 120, 240),
  })
  fc.assert(
    fc.property(week, ({ minutes, before, taken, step, block }) => {
      const elsewhere = taken.map((one): Taken => ({ ...one, practiceId: 'elsewhere', town: 'Far' }))
      const wanted = minutes.map((steps, i): ToPlace => {
        const practiceId = practices[i]!
        return { practiceId, town: townOf(practiceId), minutes: steps * step, before: before[i]!, taken: elsewhere }
      })
      const placed = placeHours(wanted, { ...rules, stepMinutes: step, blockMinutes: block })
      for (const [i, { hours, missing }] of placed.entries()) {
        expect(missing).toBeGreaterThanOrEqual(0)
        expect(minutesOf(hours) + missing).toBe(wanted[i]!.minutes)
        expect(hours.length > 28 || usable([...hours])).toBe(true)
        for (const one of hours) {
          const isOld = before[i]!.some((was) => was.weekday === one.weekday && was.from < one.until && one.from < was.until)
          expect(isOld || (one.weekday <= 5 && one.from >= 480 && one.until <= 1020)).toBe(true)
        }
        const work = (practice: string, town: string | null, of: readonly WeeklyHours[]) => ({
          ...{ practice, town, startsOn: '2026-03-02' as const, endsOn: null, hours: of },
        })
        const others = placed.flatMap((other, j) => (i === j ? [] : [work(other.practiceId, townOf(other.practiceId), other.hours)]))
        const person = { homeBase: null, weeklyMinutes: null, away: [], work: [...others, work('elsewhere', 'Far', taken)] }
        const kinds = concernsOf(person, work(practices[i]!, townOf(practices[i]!), hours), travel).map(({ kind }) => kind)
        expect(kinds.filter((kind) => kind !== 'travel-unknown')).toEqual([])
      }
    }),
    { numRuns: 400 },
  )
})
