export interface Interval {
  readonly low: number
  readonly high: number
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054

/** 95 % interval of a proportion: Wilson EB, JASA 22:209-212, 1927, https://doi.org/10.1080/01621459.1927.10502953. Holds its level near 0 and 1 too. */
export function wilsonInterval(hits: number, of: number): Interval {
  const share = hits / of
  const middle = share + (Z * Z) / (2 * of)
  const reach = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of))
  const scale = 1 + (Z * Z) / of
  return { low: hits === 0 ? 0 : Math.max(0, (middle - reach) / scale), high: hits === of ? 1 : Math.min(1, (middle + reach) / scale) }
}

export interface Share {
  readonly hits: number
  readonly of: number
}

/**
 * 95 % interval of how much larger one proportion is than another of other people: Newcombe RG, Statistics in Medicine 17:873-890, 1998, method 10,
 * https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I. Of much the same people it is wider than it need be.
 */
export function differenceInterval(one: Share, other: Share): Interval {
  const [p, q] = [one.hits / one.of, other.hits / other.of]
  const [a, b] = [wilsonInterval(one.hits, one.of), wilsonInterval(other.hits, other.of)]
  return { low: p - q - Math.hypot(p - a.low, b.high - q), high: p - q + Math.hypot(a.high - p, q - b.low) }
}

/** Two-sided limits that hold 95 % and 99.8 % of what chance does. */
export const WARNING = 0.05
export const ACTION = 0.002

/**
 * Between which shares of `of` people chance keeps all but `outside`, half on either side, about a rate: exact binomial quantiles, interpolated
 * between whole people. Spiegelhalter DJ, Statistics in Medicine 24:1185-1202, 2005, appendix A.1.1, https://doi.org/10.1002/sim.1970.
 */
export function binomialLimits(rate: number, of: number, outside: number): Interval {
  if (rate <= 0 || rate >= 1) return { low: within(rate), high: within(rate) }
  const [low, high] = quantiles(rate, of, [outside / 2, 1 - outside / 2])
  return { low: within(low! / of), high: within(high! / of) }
}

const within = (share: number): number => Math.min(1, Math.max(0, share))

/** Interpolated quantiles of a binomial distribution at rising levels. */
function quantiles(rate: number, of: number, levels: readonly number[]): number[] {
  const { first, weights } = likely(rate, of)
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const found: number[] = []
  let upTo = 0
  for (const [index, weight] of weights.entries()) {
    upTo += weight
    for (let level = levels[found.length]; level !== undefined && upTo >= level * all; level = levels[found.length])
      found.push(first + index - Math.min(1, (upTo - level * all) / weight))
  }
  return levels.map((_, index) => found[index] ?? of)
}

/** A binomial distribution from its likeliest number outwards, relative to it: thousands of people cost as little as hundreds. */
function likely(rate: number, of: number): { readonly first: number; readonly weights: readonly number[] } {
  const odds = rate / (1 - rate)
  const middle = Math.floor((of + 1) * rate)
  const below: number[] = []
  for (let hits = middle, weight = 1; hits > 0 && weight > NOTHING; hits--) below.push((weight *= hits / (of - hits + 1) / odds))
  const above: number[] = []
  for (let hits = middle, weight = 1; hits < of && weight > NOTHING; hits++) above.push((weight *= ((of - hits) / (hits + 1)) * odds))
  return { first: middle - below.length, weights: [...below.reverse(), 1, ...above] }
}

const NOTHING = 1e-18
