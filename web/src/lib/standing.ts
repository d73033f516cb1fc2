/** DECREASE: a lower rate is better. */
export type Improvement = 'INCREASE' | 'DECREASE'
export type Standing = 'better' | 'worse' | 'alike'
export type Range = { low: number; high: number }

/** Own interval against a reference rate: `alike` while the interval holds the reference, so that chance alone may explain the difference. */
export function standing(interval: Range, reference: number, improvement: Improvement): Standing {
  if (interval.low <= reference && reference <= interval.high) return 'alike'
  return interval.low > reference === (improvement === 'INCREASE') ? 'better' : 'worse'
}

/**
 * Funnel limits about a rate (0 to 1) for n people: 1.96 standard errors hold 95 % of the practices that do not differ, 3.09 hold 99.8 %.
 * Spiegelhalter 2005, doi:10.1002/sim.1970.
 */
export function funnelLimits(rate: number, people: number, errors: number): Range {
  const reach = errors * Math.sqrt((rate * (1 - rate)) / people)
  return { low: Math.max(0, rate - reach), high: Math.min(1, rate + reach) }
}
export const WARNING_LIMIT = 1.96
export const ACTION_LIMIT = 3.09

/** A rate against funnel limits: `alike` while inside. */
export function funnelStanding(rate: number, limits: Range, improvement: Improvement): Standing {
  if (limits.low <= rate && rate <= limits.high) return 'alike'
  return rate > limits.high === (improvement === 'INCREASE') ? 'better' : 'worse'
}
