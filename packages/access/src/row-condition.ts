import { rulesToCondition } from '@casl/ability/extra'
import type { Ability } from './ability.ts'
import type { Action, SubjectName } from './subject.ts'

/** Rows whose columns equal these values, or one of them. No entry: every row. */
export type Equalities = Readonly<Record<string, string | OneOf>>
export interface OneOf {
  readonly $in: readonly string[]
}

/**
 * Turns an ability into the rows it opens: any of the returned alternatives. `null` means *nothing*: callers must answer with an
 * empty list, never with an unfiltered one. Field-limited rules open no rows, and a condition without a value is a bug that throws:
 * both would otherwise widen the filter to everything.
 */
export function rowCondition(ability: Ability, action: Action, subject: SubjectName): readonly Equalities[] | null {
  const rules = ability.rulesFor(action, subject).filter((rule) => !rule.fields)
  return rulesToCondition<Ability, Equalities, readonly Equalities[] | null>(
    rules,
    (rule) => {
      if (rule.inverted) throw new Error(`Role pages permit and never forbid: a "cannot" rule on ${subject} is not supported.`)
      return equalities(rule.conditions ?? {}, subject)
    },
    { and: (all) => [Object.assign({}, ...all) as Equalities], or: (any) => any.flat(), empty: () => [{}] },
  )
}

function equalities(conditions: object, subject: SubjectName): Equalities {
  for (const [field, value] of Object.entries(conditions)) {
    if (!isFilled(value)) throw new Error(`The condition on ${subject}.${field} has no value.`)
  }
  return { ...conditions } as Equalities
}

/** An empty list is a value: it opens nothing. */
const isFilled = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') ||
  (typeof value === 'object' && value !== null && '$in' in value && Array.isArray(value.$in) && value.$in.every((one) => isFilled(one)))
