import type { Days } from './days.ts'
import { type AgeGroup, PAYER_PLANS, SELF_PAY_SHARES } from './payers.ts'
import type { Random } from './random.ts'

/** Position in PAYER_PLANS; one past the end means that nobody but the person pays. */
export const SELF_PAY = PAYER_PLANS.length

/** Who pays from a day to a day, both included; no end while it lasts. */
export interface CoverageSpan {
  readonly payer: number
  readonly from: number
  readonly to: number | null
}

const WEIGHTS: Readonly<Record<AgeGroup, readonly number[]>> = {
  child: [...PAYER_PLANS.map((plan) => plan.shares.child), SELF_PAY_SHARES.child],
  adult: [...PAYER_PLANS.map((plan) => plan.shares.adult), SELF_PAY_SHARES.adult],
  senior: [...PAYER_PLANS.map((plan) => plan.shares.senior), SELF_PAY_SHARES.senior],
}

const CHANGE_A_YEAR = 0.06

/** Coverage over the years of the record: changes fall on 1 January, and on the first of the month of a 65th birthday. */
export function drawCoverage(random: Random, days: Days, birth: number, from: number, death: number | null, today: number): CoverageSpan[] {
  const last = death ?? today
  const senior = firstOfMonth(days, birth + Math.round(65 * 365.25))
  const groupOn = (day: number): AgeGroup => (day >= senior ? 'senior' : day < birth + 18 * 365 ? 'child' : 'adult')
  const spans: CoverageSpan[] = []
  let payer = random.weighted(WEIGHTS[groupOn(from)])
  let since = from
  const change = (day: number) => {
    const next = random.weighted(WEIGHTS[groupOn(day)])
    if (next === payer) return
    spans.push({ payer, from: since, to: day - 1 })
    payer = next
    since = day
  }
  for (let year = days.year(from) + 1; year <= days.year(last); year++) {
    const newYear = days.newYear(year)
    if (senior > since && senior > newYear - 365 && senior <= newYear) change(senior)
    if (newYear > since && newYear <= last && random.chance(CHANGE_A_YEAR)) change(newYear)
  }
  if (senior > since && senior > days.newYear(days.year(last)) && senior <= last) change(senior)
  spans.push({ payer, from: since, to: death })
  return spans
}

const firstOfMonth = (days: Days, day: number): number => day - Number(days.text(day).slice(8)) + 1
