import { addDays, type Day, daysBetween, offsetMinutesIn } from '@carecommons/kernel'
import type { Chart, LoadedMeasure, MeasurementPeriod, MembershipResult, OverTimeEngine } from '../engine.ts'

/** Which charts have their gap closed in which measures, over a period. */
export interface ClosedGaps {
  readonly period: Pick<MeasurementPeriod, 'start' | 'end'>
  /** IANA name. */
  readonly timeZone: string
  /** Of each measure, which way is better. */
  readonly improvements: readonly ('increase' | 'decrease')[]
  /** Of each chart, the indexes of the measures. */
  readonly closed: readonly (readonly number[])[]
}

/** The first day on which a closed gap is open. */
export interface OpeningDay {
  /** Index among the charts, and of the measure. */
  readonly chart: number
  readonly measure: number
  readonly day: Day
  /** `Type/id` of what decides it, with a space between. */
  readonly evidence: string
}

/** So far ahead gaps are looked for. */
export const HORIZON_DAYS = 365
const STEP_DAYS = 30

/**
 * The first day after the period, within a year, on which a period of the same length that ends then and the same records leave open what is
 * closed: looked for from month to month, then day by day between two of them. Who no longer counts by then has none.
 */
export function openingDays(
  engine: OverTimeEngine,
  measures: readonly LoadedMeasure[],
  charts: readonly Chart[],
  { period, timeZone, improvements, closed }: ClosedGaps,
): OpeningDay[] {
  const periodAfter = slidBy(period, timeZone)
  const found: OpeningDay[] = []
  let chart = 0
  for (const evaluate of engine.overTime(measures, charts)) {
    for (const measure of closed[chart]!) {
      const opening = firstOpen((days) => standingOf(evaluate(measure, periodAfter(days)), improvements[measure]!))
      if (opening) found.push({ chart, measure, day: addDays(period.end, opening.days), evidence: opening.evidence.join(' ') })
    }
    chart++
  }
  return found
}

interface Standing {
  /** Null: the person does not count, or could not be evaluated. */
  readonly isOpen: boolean | null
  readonly evidence: readonly string[]
}

function firstOpen(standingAfter: (days: number) => Standing): { readonly days: number; readonly evidence: readonly string[] } | null {
  const evidence = new Map<number, readonly string[]>()
  const isOpen = (days: number): boolean => {
    const standing = standingAfter(days)
    evidence.set(days, standing.evidence)
    return standing.isOpen === true
  }
  for (let closed = 0; closed + STEP_DAYS <= HORIZON_DAYS; closed += STEP_DAYS) {
    if (!isOpen(closed + STEP_DAYS)) continue
    let [low, high] = [closed, closed + STEP_DAYS]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (isOpen(middle)) high = middle
      else low = middle
    }
    // What makes the difference stands on one side of it.
    return { days: high, evidence: [...new Set([...(evidence.get(low) ?? []), ...evidence.get(high)!])] }
  }
  return null
}

function standingOf({ problem, groups }: MembershipResult, improvement: 'increase' | 'decrease'): Standing {
  const [first] = groups
  if (problem !== null || !first) return { isOpen: null, evidence: [] }
  const { populations: of, evidence } = first
  const counted = of.denominator - of['denominator-exclusion'] - of['denominator-exception']
  return { isOpen: counted > 0 ? (of.numerator === 0) === (improvement === 'increase') : null, evidence }
}

/** Few days are asked for, each of many charts. */
function slidBy({ start, end }: ClosedGaps['period'], timeZone: string): (days: number) => MeasurementPeriod {
  const length = daysBetween(start, end)
  const known = new Map<number, MeasurementPeriod>()
  return (days) => {
    const last = addDays(end, days)
    const first = addDays(last, -length)
    const period = known.get(days) ?? { start: first, end: last, offsetMinutes: offsetMinutesIn(timeZone, first) }
    known.set(days, period)
    return period
  }
}
