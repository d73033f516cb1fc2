import { type ChartPoint, FEWEST_POINTS, pLimits, type Signal, signalsOf, xmrLimits } from '@carecommons/kernel/control-chart'
import { differenceInterval, type Interval } from '@carecommons/kernel/proportion'
import type { Improvement, Standing } from '../../lib/standing.ts'

export interface Month {
  readonly start: string
  readonly end: string
  readonly counted: number
  readonly numerator: number
  readonly rate: number | null
  readonly openBefore: number | null
  readonly closed: number | null
}

/** A point of a run chart: its limits where there are enough points to know them, and the rules by which it stands out. */
export interface RunPoint {
  readonly end: string
  readonly value: number
  readonly hits: number
  readonly of: number
  readonly limits: { readonly middle: number; readonly low: number; readonly high: number } | null
  readonly signals: readonly Signal[]
}

type Share = Pick<RunPoint, 'end' | 'hits' | 'of'>

/**
 * Twelve months to each point: neighbours share eleven. Chance makes long runs of such points (of independent months, one side of the middle is kept for some
 * 30 months as often as seven points are when nothing is shared), so that only the first rule is asked, against limits from the first points.
 */
export function yearsOf(months: readonly Month[]): RunPoint[] {
  const shares = months.filter(({ counted }) => counted > 0).map(({ end, numerator, counted }) => ({ end, hits: numerator, of: counted }))
  const base = shares.slice(0, FEWEST_POINTS)
  const middle = sumOf(base, 'hits') / sumOf(base, 'of')
  if (shares.length <= FEWEST_POINTS) return shares.map((share) => pointOf(share, null, []))
  return shares.map((share) => {
    const limits = pLimits(middle, share.of)
    const value = share.hits / share.of
    return pointOf(share, limits, value < limits.low || value > limits.high ? ['outside'] : [])
  })
}

/** Of the gaps open at a month's beginning those closed at its end, over all measures: months share none, and all rules are asked. */
export function closingOf(measures: readonly { readonly points: readonly Month[] }[]): RunPoint[] {
  const known = measures.flatMap(({ points }) => points.filter(({ openBefore }) => openBefore !== null))
  const shares = [...Map.groupBy(known, ({ end }) => end)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([end, of]): Share => ({
      ...{ end, hits: of.reduce((sum, { closed }) => sum + (closed ?? 0), 0) },
      of: of.reduce((sum, { openBefore }) => sum + (openBefore ?? 0), 0),
    }))
    .filter(({ of }) => of > 0)
  if (shares.length < FEWEST_POINTS) return shares.map((share) => pointOf(share, null, []))
  const limits = xmrLimits(shares.map(({ hits, of }) => hits / of))
  const signals = signalsOf(shares.map(({ hits, of }): ChartPoint => ({ value: hits / of, ...limits })))
  const within = { ...limits, low: Math.max(0, limits.low), high: Math.min(1, limits.high) }
  return shares.map((share, index) => pointOf(share, within, signals[index] ?? []))
}

const pointOf = (share: Share, limits: RunPoint['limits'], signals: readonly Signal[]): RunPoint => ({
  ...{ ...share, value: share.hits / share.of, limits, signals },
})
const sumOf = (shares: readonly Share[], what: 'hits' | 'of'): number => shares.reduce((sum, share) => sum + share[what], 0)

/** Where a day lies among points that stand at the ends of months; null before the first and after the last. */
export function placeOf(day: string, ends: readonly string[]): number | null {
  const after = ends.findIndex((end) => end >= day)
  const [from, to] = [ends[after - 1], ends[after]]
  if (from === undefined || to === undefined) return null
  return after - (Date.parse(to) - Date.parse(day)) / (Date.parse(to) - Date.parse(from))
}

export interface YearChange {
  readonly difference: number
  readonly interval: Interval
  readonly verdict: Standing
}

/** The last twelve months against the twelve before them, which share no day; null where these are not known. */
export function changeOf(months: readonly Month[], improvement: Improvement): YearChange | null {
  const now = months.at(-1)
  const before = now && months.find(({ end }) => end < now.start && end >= dayBefore(now.start))
  if (!now || !before || now.counted === 0 || before.counted === 0) return null
  const interval = differenceInterval({ hits: now.numerator, of: now.counted }, { hits: before.numerator, of: before.counted })
  const difference = now.numerator / now.counted - before.numerator / before.counted
  const isChance = interval.low <= 0 && interval.high >= 0
  return { difference, interval, verdict: isChance ? 'alike' : interval.low > 0 === (improvement === 'INCREASE') ? 'better' : 'worse' }
}

const dayBefore = (day: string): string => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)

/** Fewer others than this have no middle half. */
const FEWEST_FOR_QUARTERS = 5

/** Where a rate stands among those of unnamed others, and the middle half of these; null without any. */
export function amongPeers(rate: number, peers: readonly number[], improvement: Improvement) {
  if (peers.length === 0) return null
  const ahead = peers.filter((peer) => (improvement === 'INCREASE' ? rate > peer : rate < peer)).length
  const sorted = peers.toSorted((a, b) => a - b)
  const quantile = (share: number): number => {
    const place = share * (sorted.length - 1)
    const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0]
    return below + (above - below) * (place - Math.floor(place))
  }
  return { ahead, of: peers.length, middle: peers.length < FEWEST_FOR_QUARTERS ? null : { low: quantile(0.25), high: quantile(0.75) } }
}
