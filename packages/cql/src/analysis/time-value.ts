import type { RelativeMoment } from './date-bound.ts'

/** Stands for each record that a query goes over. */
export class AnyItem {
  readonly alias: string
  constructor(alias: string) {
    this.alias = alias
  }
}

/**
 * When a point may be null though the elements that it comes from are there: never; only where they have no beginning (`start`) or no
 * end (`end`), as a Period without one; or nobody knows when.
 */
export type Gap = 'none' | 'start' | 'end' | 'any'

/** Where a point in time comes from. */
export type PointSource =
  /** One of these moments of the measurement period. */
  | { readonly kind: 'relative'; readonly moments: readonly RelativeMoment[]; readonly gap: Gap }
  /** Some moment that stands in one of the elements of a record, moved. */
  | {
      readonly kind: 'record'
      readonly item: AnyItem
      readonly paths: readonly string[]
      readonly months: number
      readonly days: number
      readonly gap: Gap
    }

export interface IntervalValue {
  readonly kind: 'interval'
  readonly low: PointSource | null
  readonly high: PointSource | null
  readonly gap: Gap
}

/** What is known of the value of an expression, for whatever record. */
export type TimeValue =
  | { readonly kind: 'item'; readonly item: AnyItem }
  | { readonly kind: 'element'; readonly item: AnyItem; readonly path: string; readonly gap: Gap }
  | { readonly kind: 'point'; readonly at: PointSource }
  | IntervalValue
  /** A point or an interval: `effective[x]` as a System value. */
  | { readonly kind: 'either'; readonly point: PointSource; readonly interval: IntervalValue }
  | { readonly kind: 'null' }
  | { readonly kind: 'unknown' }

export const unknown: TimeValue = { kind: 'unknown' }
export const nothing: TimeValue = { kind: 'null' }

export const moment = (anchor: RelativeMoment['anchor']): PointSource => ({
  ...{ kind: 'relative', moments: [{ anchor, months: 0, days: 0 }], gap: 'none' },
})

/** The point that a value is; null of anything else. */
export function pointOf(value: TimeValue): PointSource | null {
  if (value.kind === 'point') return value.at
  return value.kind === 'element' ? elementPoint(value) : null
}

export function elementPoint({ item, path, gap }: TimeValue & { readonly kind: 'element' }): PointSource {
  return { kind: 'record', item, paths: [path], months: 0, days: 0, gap }
}

/** First and last point of a value; a point is both. */
export function ends(value: TimeValue): { readonly low: PointSource | null; readonly high: PointSource | null } {
  if (value.kind === 'interval') return value
  if (value.kind === 'either') {
    return { low: eitherPoint(value.point, value.interval.low), high: eitherPoint(value.point, value.interval.high) }
  }
  const point = pointOf(value)
  return { low: point, high: point }
}

/** Start or End of a value. */
export function endOf(value: TimeValue, which: 'low' | 'high'): TimeValue {
  if (value.kind === 'null') return nothing
  const end = value.kind === 'interval' || value.kind === 'element' ? ends(value)[which] : null
  if (!end) return unknown
  return { kind: 'point', at: value.kind === 'interval' ? { ...end, gap: widest(end.gap, value.gap) } : end }
}

export function moved(value: TimeValue, months: number, days: number): TimeValue {
  const at = pointOf(value)
  if (!at) return value.kind === 'null' ? nothing : unknown
  if (at.kind === 'record') return { kind: 'point', at: { ...at, months: at.months + months, days: at.days + days } }
  const moments = at.moments.map(({ anchor, ...by }) => ({ anchor, months: by.months + months, days: by.days + days }))
  return { kind: 'point', at: { ...at, moments } }
}

/** What is known of a value that is one of two. */
export function oneOf(a: TimeValue, b: TimeValue): TimeValue {
  if (a.kind === 'null') return maybe(b)
  if (b.kind === 'null') return maybe(a)
  if (a.kind === 'item' && b.kind === 'item' && a.item === b.item) return a
  const [first, second] = [partsOf(a), partsOf(b)]
  if (!first || !second) return unknown
  const point = first.point && second.point ? eitherPoint(first.point, second.point) : (first.point ?? second.point)
  const interval = first.interval && second.interval ? eitherInterval(first.interval, second.interval) : (first.interval ?? second.interval)
  if ((first.point && !point) || (first.interval && !interval)) return unknown
  if (point && interval) return { kind: 'either', point, interval }
  return point ? { kind: 'point', at: point } : (interval ?? unknown)
}

interface Parts {
  readonly point: PointSource | null
  readonly interval: IntervalValue | null
}

function partsOf(value: TimeValue): Parts | null {
  if (value.kind === 'either') return value
  if (value.kind === 'interval') return { point: null, interval: value }
  const point = pointOf(value)
  return point && { point, interval: null }
}

function eitherInterval(a: IntervalValue, b: IntervalValue): IntervalValue | null {
  const [low, high] = [eitherPoint(a.low, b.low), eitherPoint(a.high, b.high)]
  return low || high ? { kind: 'interval', low, high, gap: widest(a.gap, b.gap) } : null
}

/** A value that may also be null. */
export function maybe(value: TimeValue): TimeValue {
  if (value.kind === 'point') return { kind: 'point', at: { ...value.at, gap: 'any' } }
  if (value.kind === 'either') return { ...value, point: { ...value.point, gap: 'any' }, interval: { ...value.interval, gap: 'any' } }
  return value.kind === 'interval' || value.kind === 'element' ? { ...value, gap: 'any' } : value.kind === 'null' ? nothing : unknown
}

/** Whether a value is certainly there wherever the elements are that it comes from. */
export function isThere(value: TimeValue): boolean {
  const parts = partsOf(value)
  return parts !== null && (parts.point?.gap ?? 'none') === 'none' && (parts.interval?.gap ?? 'none') === 'none'
}

/** The one element that a System value of `name[x]` is read from; null where it is not exactly that. */
export function readFrom(value: TimeValue): { readonly item: AnyItem; readonly path: string } | null {
  if (value.kind !== 'either' || !isThere(value)) return null
  const { point, interval } = value
  if (point.kind !== 'record' || point.paths.length !== 1 || point.months !== 0 || point.days !== 0) return null
  const isSame = [interval.low, interval.high].every(
    (end) => end?.kind === 'record' && end.item === point.item && end.paths.join() === point.paths[0] && end.months === 0 && end.days === 0,
  )
  return isSame ? { item: point.item, path: point.paths[0]! } : null
}

export const widest = (a: Gap, b: Gap): Gap => (a === b || b === 'none' ? a : a === 'none' ? b : 'any')

function eitherPoint(a: PointSource | null, b: PointSource | null): PointSource | null {
  if (!a || !b) return null
  const gap = widest(a.gap, b.gap)
  if (a.kind === 'relative' && b.kind === 'relative') return { kind: 'relative', moments: [...a.moments, ...b.moments], gap }
  if (a.kind !== 'record' || b.kind !== 'record' || a.item !== b.item || a.months !== b.months || a.days !== b.days) return null
  return { ...a, paths: [...new Set([...a.paths, ...b.paths])].sort(), gap }
}
