import { ageOn, type Day } from '@carecommons/kernel'
import type { FollowedValue } from './tier-tables.ts'

/** What the models read of a chart on a day. Nothing in it is labelled, and nothing says who pays. */
export interface RiskChart {
  readonly today: Day
  readonly birthDate: Day | null
  readonly problems: readonly Problem[]
  /** Hospital stays and emergency visits, the newest first. */
  readonly stays: readonly Stay[]
  readonly emergencies: readonly Happening[]
  /** The newest first, one a day. */
  readonly values: Readonly<Record<FollowedValue | 'hemoglobin' | 'sodium', readonly Reading[]>>
  readonly openGaps: number
  readonly lastSeenOn: Day | null
}

export interface Problem {
  /** `Condition/…` */
  readonly fact: string
  /** As in `groupsOf`; null when none of its codes is one that the tables read. */
  readonly groups: readonly string[] | null
}

interface Happening {
  readonly fact: string
  readonly on: Day
  /** Null while it goes on, and for a visit whose end is not told. */
  readonly until: Day | null
}

export interface Stay extends Happening {
  /** Whether it began as an emergency; null when the record does not tell. */
  readonly urgent: boolean | null
}

export interface Reading {
  readonly fact: string
  readonly on: Day
  readonly value: number
}

/** One line of a score: what added how much, or what could have and is not told. */
export interface RiskInput {
  readonly text: string
  readonly points: number
  /** Of something that is not told: what it could have added. */
  readonly atMost?: number
  readonly facts: readonly string[]
}

export interface RiskResult {
  readonly model: string
  readonly score: number
  readonly band: string | null
  readonly inputs: readonly RiskInput[]
}

/** Facts by group, of the problems that the tables read. */
export function factsByGroup({ problems }: RiskChart): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { fact, groups } of problems)
    for (const group of groups ?? []) {
      const facts = found.get(group)
      if (facts) facts.push(fact)
      else found.set(group, [fact])
    }
  return found
}

/** Said beside every score that counts diagnoses. */
export function notRead({ problems }: RiskChart): RiskInput[] {
  const unread = problems.filter(({ groups }) => groups === null)
  if (unread.length === 0) return []
  const what = unread.length === 1 ? '1 problem has no code' : `${unread.length} problems have no code`
  return [{ text: `${what} that these tables read: not counted`, points: 0, facts: unread.map(({ fact }) => fact) }]
}

export const sumOf = (inputs: readonly RiskInput[]): number => inputs.reduce((sum, { points }) => sum + points, 0)

export const ageIn = ({ birthDate, today }: RiskChart): number | null => (birthDate === null ? null : ageOn(birthDate, today))
