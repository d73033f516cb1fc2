import { addDays, type Day } from '@carecommons/kernel'
import fc from 'fast-check'
import type { Problem } from '#modules/allocation'
import { minutesOf, type WeeklyHours } from '../../hours.ts'
import { type Held, isPlanned, planChanges, type Standing } from './plan-changes.ts'

const DAY: Day = '2026-03-09'
const at = (weekday: number, from: number, until: number): WeeklyHours => ({ weekday, from: from * 60, until: until * 60 })
const held = (id: string, practiceId: string, hours: WeeklyHours[], more: Partial<Held> = {}): Held => ({
  ...{ id, membershipId: 'dana', practiceId, kind: 'assignment', duty: 'care-management', startsOn: '2026-01-05', endsOn: null, hours },
  weeklyMinutes: minutesOf(hours),
  ...more,
})
const problem = {
  practices: ['alder', 'birch', 'cedar'].map((id) => ({
    id,
    state: '',
    needs: [{ duty: 'care-management', language: null, minutes: 900 }],
  })),
  staff: ['dana', 'eli'].map((id) => ({ id })),
} as unknown as Problem
const gives = (staffId: string, practiceId: string, minutes: number, duties = ['care-management']): Standing['hours'][number] => ({
  ...{ staffId, practiceId, minutes, currentMinutes: 0, travelMinutes: 0, because: [] },
  byNeed: duties.map((duty, i) => ({ duty, language: null, minutes: i === 0 ? minutes - 10 : 10 })),
})
const changes = (standing: Pick<Standing, 'hours' | 'held'>) =>
  planChanges({
    ...{ day: DAY, problem, townOf: (id) => id, ...standing },
    placing: { travel: () => 20, stepMinutes: 60, blockMinutes: 240, day: { from: 480, until: 1020, most: 480 } },
  })
const told = (...given: Parameters<typeof changes>) =>
  changes(...given).map(({ kind, practiceId, ends, hours, endsOn }) => [
    kind,
    practiceId,
    ends.map(({ id }) => id).join(),
    minutesOf(hours),
    endsOn,
  ])

test('what stays is not touched; what changes begins anew, what is not in the plan ends the day before', () => {
  const own = [held('a', 'alder', [at(1, 9, 13)]), held('b', 'birch', [at(2, 9, 13)], { endsOn: '2026-06-30' }), held('c', 'cedar', [])]
  expect(told({ held: own, hours: [gives('dana', 'alder', 240), gives('dana', 'birch', 300), gives('eli', 'alder', 480)] })).toEqual([
    ['stays', 'alder', '', 240, null],
    ['changes', 'birch', 'b', 300, '2026-06-30'],
    ['ends', 'cedar', 'c', 0, '2026-03-08'],
    ['begins', 'alder', '', 480, null],
  ])
})

test('other duties, covers, and what is over or begins later are left alone; what comes later ends what begins', () => {
  const own = [
    held('duty', 'alder', [at(1, 9, 13)], { duty: 'nutrition-therapy' }),
    held('cover', 'birch', [], { kind: 'cover' }),
    held('over', 'birch', [at(3, 9, 13)], { endsOn: '2026-03-08' }),
    held('later', 'cedar', [at(1, 8, 16)], { startsOn: '2026-05-04' }),
    held('elsewhere', 'unplanned', [at(2, 9, 13)]),
  ]
  expect(told({ held: own, hours: [gives('dana', 'cedar', 240)] })).toEqual([['begins', 'cedar', '', 240, '2026-05-03']])
  // Monday from nine to one is taken, and its way: a morning is on another day.
  expect(changes({ held: own, hours: [gives('dana', 'cedar', 240)] })[0]!.hours).toEqual([{ weekday: 3, from: 480, until: 720 }])
})

test('another duty is another assignment, and what would begin on that day never does', () => {
  const own = [held('a', 'alder', [at(1, 9, 13)], { startsOn: DAY })]
  expect(changes({ held: own, hours: [gives('dana', 'alder', 300)] })).toMatchObject([{ kind: 'changes', ends: [{ id: 'a' }] }])
  const review = changes({ held: [held('a', 'alder', [at(1, 9, 13)])], hours: [gives('dana', 'alder', 240, ['medication-review'])] })
  expect(review).toMatchObject([{ kind: 'changes', duty: 'medication-review', hours: [at(1, 9, 13)] }])
  const both = changes({ held: own, hours: [gives('dana', 'alder', 240, ['medication-review', 'care-management'])] })
  expect(both).toMatchObject([{ kind: 'stays', duty: 'care-management', duties: ['medication-review', 'care-management'] }])
})

const stretch = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 8, max: 12 }), fc.integer({ min: 1, max: 4 }))
  .map(([d, h, l]) => at(d, h, h + l))
const row = fc
  .record({
    practiceId: fc.constantFrom('alder', 'birch', 'cedar', 'unplanned'),
    membershipId: fc.constantFrom('dana', 'eli', 'fay'),
    duty: fc.constantFrom('care-management' as const, 'nutrition-therapy' as const),
    kind: fc.constantFrom('assignment' as const, 'assignment' as const, 'cover' as const),
    starts: fc.integer({ min: -40, max: 40 }),
    lasts: fc.option(fc.nat(80)),
    hours: fc.array(stretch, { maxLength: 2 }),
  })
  .map(({ starts, lasts, hours, ...rest }) => {
    const startsOn = addDays(DAY, starts)
    return held('', rest.practiceId, hours, { ...rest, startsOn, endsOn: lasts === null ? null : addDays(startsOn, lasts) })
  })
const given = fc.tuple(fc.constantFrom('dana', 'eli'), fc.constantFrom('alder', 'birch', 'cedar'), fc.integer({ min: 1, max: 10 }))

test('afterwards each works as the plan says, and whatever it does not plan is as it was', () => {
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 8 }),
      fc.uniqueArray(given, { maxLength: 5, selector: ([staffId, practiceId]) => staffId + practiceId }),
      (rows, wanted) => {
        const own = rows.map((one, i) => ({ ...one, id: `row-${i}` }))
        const found = changes({ held: own, hours: wanted.map(([staffId, practiceId, hours]) => gives(staffId, practiceId, hours * 60)) })
        const ended = found.flatMap(({ ends }) => ends.map(({ id }) => id))
        const planned = own.filter((one) => isPlanned({ problem, day: DAY }, one))
        expect(new Set(ended).size).toBe(ended.length)
        expect(ended.every((id) => planned.some((one) => one.id === id))).toBe(true)
        for (const one of planned.filter(({ id }) => !ended.includes(id)))
          expect(found).toContainEqual(
            expect.objectContaining({ kind: 'stays', membershipId: one.membershipId, minutes: one.weeklyMinutes }),
          )
        const after = found.filter(({ kind }) => kind !== 'ends')
        expect(after.map((one) => [one.membershipId, one.practiceId, minutesOf(one.hours) + one.missing]).toSorted()).toEqual(
          wanted.map(([staffId, practiceId, hours]) => [staffId, practiceId, hours * 60]).toSorted(),
        )
      },
    ),
    { numRuns: 500 },
  )
})
