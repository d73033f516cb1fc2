import { type Day, differenceInterval } from '@carecommons/kernel'
import type { CycleResultType } from './improvement.graphql.ts'

/** Two years of a practice in a measure, as a query has them; null where one is not known or not told. */
export interface BeforeAndAfter {
  readonly before_until: Day | null
  readonly before_people: number | null
  readonly before_rate: number | null
  readonly after_until: Day | null
  readonly after_people: number | null
  readonly after_rate: number | null
}

/** What came of a cycle in figures. */
export function resultOf(row: BeforeAndAfter): CycleResultType | null {
  const { before_until: beforeUntil, before_people: beforePeople, before_rate: before } = row
  const { after_until: afterUntil, after_people: afterPeople, after_rate: after } = row
  if (beforeUntil === null || afterUntil === null || !beforePeople || !afterPeople || before === null || after === null) return null
  return {
    ...{ beforeUntil, beforePeople, before, afterUntil, afterPeople, after },
    monthsShared: Math.max(0, 12 - monthsBetween(beforeUntil, afterUntil)),
    difference: differenceInterval({ hits: after * afterPeople, of: afterPeople }, { hits: before * beforePeople, of: beforePeople }),
  }
}

const monthsBetween = (from: Day, to: Day): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
