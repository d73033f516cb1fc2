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
  readonly interval: { readonly low: number; readonly high: number } | null
}

export function rateOf({ denominator, denominatorExclusion, denominatorException, numerator }: Counts): Rate {
  const counted = denominator - denominatorExclusion - denominatorException
  return counted > 0 ? { rate: numerator / counted, interval: wilsonInterval(numerator, counted) } : { rate: null, interval: null }
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054

/** 95 % interval of a proportion: Wilson EB, JASA 22:209-212, 1927, https://doi.org/10.1080/01621459.1927.10502953. Holds its level near 0 and 1 too. */
export function wilsonInterval(hits: number, of: number): { low: number; high: number } {
  const share = hits / of
  const middle = share + (Z * Z) / (2 * of)
  const reach = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of))
  const scale = 1 + (Z * Z) / of
  return { low: hits === 0 ? 0 : Math.max(0, (middle - reach) / scale), high: hits === of ? 1 : Math.min(1, (middle + reach) / scale) }
}
