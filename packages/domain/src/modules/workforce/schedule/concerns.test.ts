import { addDays, type Day } from '@carecommons/kernel'
import fc from 'fast-check'
import { minutesOf, type WeeklyHours } from '../hours.ts'
import { concernsOf, isOn, minutesByDay, type PersonAtWork, type Work } from './concerns.ts'

const travel = (from: string | null, to: string | null): number | null =>
  from === null || to === null ? null : from === to ? 0 : [from, to].includes('Far') ? 90 : 20
const at = (practice: string, hours: WeeklyHours[], more: Partial<Work> = {}): Work => ({
  ...{ practice, town: practice, startsOn: '2026-03-02', endsOn: null, hours },
  ...more,
})
const monday = (from: number, until: number): WeeklyHours => ({ weekday: 1, from, until })
const person = (work: Work[], more: Partial<PersonAtWork> = {}): PersonAtWork => ({
  ...{ homeBase: 'Near', weeklyMinutes: 2400, work, away: [] },
  ...more,
})
const kinds = (...given: Parameters<typeof concernsOf>) => concernsOf(...given).map(({ kind, minutes }) => [kind, minutes])

test('two places at once, and no time for the way between them', () => {
  const near = person([at('Near', [monday(480, 720)])])
  expect(kinds(near, at('Far', [monday(700, 900)]), travel)).toEqual([['clash', 20]])
  expect(kinds(near, at('Far', [monday(780, 900)]), travel)).toEqual([['no-time-to-travel', 90]])
  expect(kinds(near, at('Far', [monday(810, 900)]), travel)).toEqual([])
  expect(kinds(near, at('Next', [monday(740, 900)]), travel)).toEqual([])
  expect(kinds(near, at('Next', [monday(739, 900)]), travel)).toEqual([['no-time-to-travel', 20]])
  expect(kinds(near, at('Elsewhere', [monday(900, 960)], { town: null }), travel)).toEqual([['travel-unknown', null]])
  expect(kinds(near, at('Far', [{ weekday: 2, from: 480, until: 720 }]), travel)).toEqual([])
  // With something between them, the way leads there first.
  const both = person([at('Near', [monday(480, 540)]), at('Next', [monday(570, 600)])])
  expect(concernsOf(both, at('Next', [monday(560, 565)]), travel).map(({ practice }) => practice)).toEqual([])
})

test('only the days that both have count', () => {
  const until = person([at('Near', [monday(480, 720)], { endsOn: '2026-04-30' })])
  expect(concernsOf(until, at('Far', [monday(480, 500)], { startsOn: '2026-04-01' }), travel)).toMatchObject([
    { kind: 'clash', practice: 'Near', weekday: 1, from: '2026-04-01', until: '2026-04-30', minutes: 20 },
  ])
  expect(concernsOf(until, at('Far', [monday(480, 500)], { startsOn: '2026-05-01' }), travel)).toEqual([])
  const away = person([], { away: [{ from: '2026-03-10', until: '2026-03-20' }] })
  expect(concernsOf(away, at('Far', [], { endsOn: '2026-03-12' }), travel)).toMatchObject([
    { kind: 'away', from: '2026-03-10', until: '2026-03-12' },
  ])
})

const day = fc.nat(60).map((n) => addDays('2026-03-02', n))
const hours = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 7 }), fc.nat(20), fc.integer({ min: 1, max: 10 })).map(([weekday, from, length]) => ({
    ...{ weekday, from: from * 60, until: Math.min(from + length, 24) * 60 },
  })),
  { maxLength: 4 },
)
const work = fc
  .tuple(day, fc.option(fc.nat(40)), hours)
  .map(([startsOn, length, hours]) => at('Somewhere', hours, { startsOn, endsOn: length === null ? null : addDays(startsOn, length) }))

test('a week past the paid one is found on the first day on which it is, by the most that it is', () => {
  fc.assert(
    fc.property(fc.array(work, { maxLength: 5 }), work, fc.nat(2400), (others, wish, weeklyMinutes) => {
      const days: Day[] = Array.from({ length: 150 }, (_, n) => addDays('2026-03-02', n)).filter((one) => isOn(wish, one))
      const sums = days.map((one) => minutesOf([...others, wish].filter((w) => isOn(w, one)).flatMap(({ hours }) => hours)))
      const first = days[sums.findIndex((sum) => sum > weeklyMinutes)]
      const found = concernsOf(person(others, { weeklyMinutes }), wish, travel).find(({ kind }) => kind === 'overtime')
      expect([found?.from, found?.minutes]).toEqual(first ? [first, Math.max(...sums) - weeklyMinutes] : [undefined, undefined])
      for (const span of minutesByDay(others, wish)) {
        const inside = days
          .map((one, i) => [one, sums[i]] as const)
          .filter(([one]) => one >= span.day && (span.until === null || one <= span.until))
        expect(inside.every(([, sum]) => sum === span.minutes)).toBe(true)
      }
    }),
  )
})
