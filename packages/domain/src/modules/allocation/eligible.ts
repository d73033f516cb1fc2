import type { Need, Pair, PracticeNeed, Problem, Rules, StaffTime } from './problem.ts'

/** Why somebody cannot do this part of a practice's need. */
export type Bar = 'scope' | 'license' | 'language' | 'forbidden'

/** The first rule that keeps a person from a part of a practice's need; null where none does. */
export function barOf(person: StaffTime, practice: PracticeNeed, need: Need, rules: Rules): Bar | null {
  if (rules.forbids.some((pair) => isPair(pair, person.id, practice.id))) return 'forbidden'
  const may = rules.scope[need.duty]?.find(({ discipline }) => discipline === person.discipline)
  if (!may) return 'scope'
  if (may.needsLicense && !person.states.includes(practice.state)) return 'license'
  if (need.language !== null && !person.languages.includes(need.language)) return 'language'
  return null
}

export const isPair = (pair: Pair, staffId: string, practiceId: string): boolean =>
  pair.staffId === staffId && pair.practiceId === practiceId

/** A person who may serve a practice, in steps of time. */
export interface EligiblePair {
  readonly person: StaffTime
  readonly practice: PracticeNeed
  /** Places in the practice's needs that this person may do. */
  readonly needs: readonly number[]
  readonly least: number
  readonly most: number
  readonly current: number
  readonly travel: number
  /** null: the plan may leave it out. */
  readonly pinned: { readonly steps: number | null } | null
}

export function eligiblePairs({ practices, staff, rules }: Problem): EligiblePair[] {
  return staff.flatMap((person) => practices.flatMap((practice) => eligiblePair(person, practice, rules) ?? []))
}

function eligiblePair(person: StaffTime, practice: PracticeNeed, rules: Rules): EligiblePair | null {
  const needs = practice.needs.flatMap((need, at) => (need.minutes > 0 && barOf(person, practice, need, rules) === null ? [at] : []))
  const wanted = needs.reduce((sum, at) => sum + neededSteps(practice.needs[at]!, rules), 0)
  const most = Math.min(wanted, availableSteps(person, rules))
  const least = Math.max(1, Math.min(Math.ceil(rules.minimumBlockMinutes / rules.stepMinutes), wanted))
  if (most < least) return null
  const pin = rules.pins.find((one) => isPair(one, person.id, practice.id))
  return {
    ...{ person, practice, needs, least, most },
    current: Math.round((person.currentMinutes[practice.id] ?? 0) / rules.stepMinutes),
    travel: person.travelMinutes[practice.id] ?? 0,
    pinned: pin ? { steps: pin.minutes === null ? null : pin.minutes / rules.stepMinutes } : null,
  }
}

export const neededSteps = ({ minutes }: Need, { stepMinutes }: Rules): number => Math.ceil(minutes / stepMinutes)
export const availableSteps = ({ availableMinutes }: StaffTime, { stepMinutes }: Rules): number =>
  Math.floor(availableMinutes / stepMinutes)

/** The steps that put a practice with so much need on a level. */
export const stepsForLevel = (needed: number, level: number, { levels }: Rules): number => Math.ceil((level * needed) / levels)
