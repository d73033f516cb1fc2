/** DECREASE: a lower rate is better. */
export type Improvement = 'INCREASE' | 'DECREASE'
export type Standing = 'better' | 'worse' | 'alike'
export type Range = { low: number; high: number }

/** Own interval against a reference rate: `alike` while the interval holds the reference, so that chance alone may explain the difference. */
export function standing(interval: Range, reference: number, improvement: Improvement): Standing {
  if (interval.low <= reference && reference <= interval.high) return 'alike'
  return interval.low > reference === (improvement === 'INCREASE') ? 'better' : 'worse'
}

/** A rate against the limits of a funnel: `alike` while inside. */
export function funnelStanding(rate: number, limits: Range, improvement: Improvement): Standing {
  if (limits.low <= rate && rate <= limits.high) return 'alike'
  return rate > limits.high === (improvement === 'INCREASE') ? 'better' : 'worse'
}
