import { addDays, type Day } from '@carecommons/kernel'
import type { Plan, Problem } from '#modules/allocation'
import type { Duty } from '../../duty.ts'
import { minutesOf, type WeeklyHours } from '../../hours.ts'
import type { StaffToAllocate } from '../../read-staff.ts'
import { placeHours, type PlacingRules, type Taken, type ToPlace } from './place-hours.ts'

/** An assignment as it stands. */
export type Held = StaffToAllocate['assignments'][number] & { readonly membershipId: string }

/**
 * What a plan makes of one person at one practice. `stays`: not touched. `changes`: the assignment there ends the day before and another
 * begins. Where one would have begun on that very day it never does (`cancels`).
 */
export interface PlanChange {
  readonly kind: 'stays' | 'begins' | 'changes' | 'ends'
  readonly membershipId: string
  readonly practiceId: string
  readonly duty: Duty
  /** All duties that the plan has the time for. */
  readonly duties: readonly Duty[]
  /** The assignments that end or never begin. */
  readonly ends: readonly Held[]
  readonly hoursBefore: readonly WeeklyHours[]
  readonly hours: readonly WeeklyHours[]
  readonly minutesBefore: number
  /** Minutes of a week that the plan gives. */
  readonly minutes: number
  /** What of them found no place in the week. */
  readonly missing: number
  /** The last day of what begins or stays; null: open. */
  readonly endsOn: Day | null
}

export interface Standing {
  readonly day: Day
  readonly problem: Problem
  readonly hours: Plan['hours']
  /** Of everybody, covers too. */
  readonly held: readonly Held[]
  readonly townOf: (practiceId: string) => string | null
  readonly placing: PlacingRules
}

/** What changes on a plan's first day, person by person and practice by practice. Other duties, later work and covers are left alone. */
export function planChanges(standing: Standing): PlanChange[] {
  const people = new Set([...standing.problem.staff.map(({ id }) => id)])
  return [...people].toSorted().flatMap((id) => changesOf(id, standing))
}

/** Whether a plan of a day decides about an assignment: of a duty and a practice that it plans, going on that day. */
export function isPlanned({ problem, day }: Pick<Standing, 'problem' | 'day'>, one: Held): boolean {
  return (
    one.kind === 'assignment' &&
    one.startsOn <= day &&
    (one.endsOn === null || one.endsOn >= day) &&
    problem.staff.some(({ id }) => id === one.membershipId) &&
    problem.practices.some(({ id }) => id === one.practiceId) &&
    problem.practices.some(({ needs }) => needs.some(({ duty }) => duty === one.duty))
  )
}

function changesOf(membershipId: string, standing: Standing): PlanChange[] {
  const { day, hours, townOf } = standing
  const held = standing.held.filter((one) => one.membershipId === membershipId)
  const planned = held.filter((one) => isPlanned(standing, one))
  const kept = held.filter((one) => one.kind === 'assignment' && !planned.includes(one))
  const pairs = hours
    .filter(({ staffId, minutes }) => staffId === membershipId && minutes > 0)
    .map((pair) => ({ ...pair, here: planned.filter(({ practiceId }) => practiceId === pair.practiceId) }))
  const drafts = pairs.map(({ practiceId, minutes, byNeed, here }) => {
    const duties = dutiesOf(byNeed)
    const same = here.find(({ duty, weeklyMinutes }) => duties.includes(duty) && weeklyMinutes === minutes)
    const before = here.find(({ duty }) => duties.includes(duty)) ?? here[0] ?? null
    const later = kept.filter((one) => one.practiceId === practiceId && one.startsOn > day).map(({ startsOn }) => addDays(startsOn, -1))
    const endsOn = same ? same.endsOn : ([...(before?.endsOn ? [before.endsOn] : []), ...later].toSorted()[0] ?? null)
    const duty = same?.duty ?? (before && duties.includes(before.duty) ? before.duty : duties[0]!)
    return { practiceId, minutes, here, duties, same, before, endsOn, duty }
  })
  const staying = drafts.flatMap(({ same }) => (same ? [same] : []))
  const wanted = drafts.filter(({ same }) => !same)
  const toPlace = wanted.map(({ practiceId, minutes, before, endsOn }): ToPlace => ({
    ...{ practiceId, town: townOf(practiceId), minutes, before: before?.hours ?? [] },
    taken: [...staying, ...kept]
      .filter((one) => (one.endsOn === null || one.endsOn >= day) && (endsOn === null || one.startsOn <= endsOn))
      .flatMap((one) => one.hours.map((stretch): Taken => ({ ...stretch, practiceId: one.practiceId, town: townOf(one.practiceId) }))),
  }))
  const placed = placeHours(toPlace, standing.placing)
  const given = drafts.map(({ practiceId, minutes, here, duties, same, endsOn, duty }): PlanChange => {
    const ends = here.filter((one) => one !== same)
    const found = placed.find((one) => one.practiceId === practiceId)
    const hoursBefore = (same ? [same] : here).flatMap((one) => one.hours)
    return {
      ...{ kind: same ? 'stays' : here.length > 0 ? 'changes' : 'begins', membershipId, practiceId, duty, duties, ends, hoursBefore },
      hours: same ? same.hours : (found?.hours ?? []),
      minutesBefore: minutesOf(hoursBefore),
      minutes,
      missing: same ? 0 : (found?.missing ?? minutes),
      endsOn,
    }
  })
  const leaving = Map.groupBy(
    planned.filter(({ practiceId }) => !pairs.some((pair) => pair.practiceId === practiceId)),
    ({ practiceId }) => practiceId,
  )
  const ending = [...leaving].map(([practiceId, ends]): PlanChange => {
    const hoursBefore = ends.flatMap((one) => one.hours)
    const duty = ends[0]!.duty
    return {
      ...{ kind: 'ends', membershipId, practiceId, duty, duties: [duty], ends, hoursBefore, hours: [] },
      ...{ minutesBefore: minutesOf(hoursBefore), minutes: 0, missing: 0, endsOn: addDays(day, -1) },
    }
  })
  return [...given, ...ending].toSorted((a, b) => (a.practiceId < b.practiceId ? -1 : 1))
}

/** The duty with the most minutes first: an assignment is of one. */
function dutiesOf(byNeed: Plan['hours'][number]['byNeed']): Duty[] {
  const sums = new Map<Duty, number>()
  for (const { duty, minutes } of byNeed) sums.set(duty as Duty, (sums.get(duty as Duty) ?? 0) + minutes)
  return [...sums].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([duty]) => duty)
}
