import { type Interval, wilsonInterval } from '@carecommons/kernel'

/** Counts of one measure over some people. */
export interface Counts {
  readonly denominator: number
  readonly denominatorExclusion: number
  readonly denominatorException: number
  readonly numerator: number
}

export interface Rate {
  /** 0 to 1; null when nobody is left to count. */
  readonly rate: number | null
  readonly interval: Interval | null
}

export function rateOf({ denominator, denominatorExclusion, denominatorException, numerator }: Counts): Rate {
  const counted = denominator - denominatorExclusion - denominatorException
  return counted > 0 ? { rate: numerator / counted, interval: wilsonInterval(numerator, counted) } : { rate: null, interval: null }
}
