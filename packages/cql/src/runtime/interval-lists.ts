import { add, subtract } from './arithmetic.ts'
import { canonicalUnit, unitPrecision } from './calendar-unit.ts'
import { coarsened } from './coarsened.ts'
import { boundList, CqlError } from './cql-error.ts'
import { Decimal } from './decimal.ts'
import { endOf, startOf } from './interval-bounds.ts'
import { Interval } from './interval-value.ts'
import { lessOrEqual } from './order.ts'
import { neighbourOrNull } from './point.ts'
import { Precision } from './precision.ts'
import { Quantity } from './structured-values.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'
import { sortOrder } from './sort-order.ts'

/**
 * Collapse and Expand (CQL 1.5, Reference, Interval Operators). `per` partitions the values; without one it is the coarsest
 * precision of the boundaries.
 */
type Intervals = readonly (Interval | null)[] | null

/** The fewest intervals that cover the same points. */
export function collapse(intervals: Intervals, per: Quantity | null = null): Interval[] | null {
  if (intervals === null) return null
  const sorted = intervals
    .filter((interval) => interval !== null)
    .filter((interval) => startOf(interval) !== null || endOf(interval) !== null)
    .sort((one, other) => sortOrder(startOf(one), startOf(other)) || sortOrder(endOf(one), endOf(other)))
  const merged: Interval[] = []
  const open = sorted.filter((interval) => startOf(interval) === null)
  for (const interval of sorted.slice(open.length)) {
    const before = merged.at(-1)
    if (before && reaches(before, interval, per)) merged[merged.length - 1] = joined(before, interval)
    else merged.push(interval)
  }
  return open.length === 0 ? merged : withOpenStarts(open, merged, per)
}

/** What begins nobody knows where is one with that interval which its end lies in or meets. */
function withOpenStarts(open: readonly Interval[], merged: readonly Interval[], per: Quantity | null): Interval[] {
  const found = new Map<Interval, Interval>()
  const alone = open.filter((interval) => {
    const reached = merged.find((one) => reaches(interval, one, per))
    if (reached && !found.has(reached)) found.set(reached, joined(interval, reached))
    return !reached
  })
  const first = [...alone, ...found.values()].sort((one, other) => sortOrder(endOf(one), endOf(other)))
  return [...first, ...merged.filter((interval) => !found.has(interval))]
}

/**
 * The second begins at the latest one step after the first has ended; what begins nobody knows where is reached by what ends no earlier. Where
 * that is not certain both stay: to make them one would say that they overlap (Reference, Overlaps, of an unknown start null).
 */
function reaches(first: Interval, second: Interval, per: Quantity | null): boolean {
  const [end, start] = [endOf(first), startOf(second)]
  if (end === null || start === null) return false
  if (startOf(first) === null && lessOrEqual(end, endOf(second)) !== true) return false
  const next = per === null ? neighbourOrNull(end, 1) : after(end, per)
  return next === null || lessOrEqual(start, next) === true
}

function after(end: unknown, per: Quantity): unknown {
  const precision = unitPrecision(per.unit)
  if (isTemporal(end)) {
    if (precision === null) throw new CqlError(`Dates and times cannot be collapsed per ${per.unit}.`)
    return add(end, per)
  }
  return add(end, stepOf(end, per))
}

function joined(first: Interval, second: Interval): Interval {
  const keepFirst = lessOrEqual(endOf(second), endOf(first)) === true
  const last = keepFirst ? first : second
  return new Interval(first.low, last.high, first.lowClosed, last.highClosed, first.pointType ?? second.pointType)
}

/** Each interval cut into intervals of the size of `per`; what does not fill one is left out. */
export function expand(intervals: Intervals, per: Quantity | null = null): Interval[] | null {
  if (intervals === null) return null
  const given = intervals.filter((interval) => interval !== null)
  const size = per ?? sizeOf(given)
  const expanded = boundList(given.flatMap((interval) => cut(interval, size)))
  return given.length < 2 ? expanded : [...distinctIntervals(expanded)]
}

/** The first point of each. */
export function expandInterval(interval: Interval | null, per: Quantity | null = null): unknown[] | null {
  const expanded = expand(interval && [interval], per)
  return expanded && expanded.map(({ low }) => low)
}

/** Those of the same boundaries once, in their order; equal ones are neighbours in the order of their starts. */
function distinctIntervals(intervals: readonly Interval[]): readonly Interval[] {
  const sorted = intervals.toSorted(byBoundaries)
  const doubles = new Set(sorted.filter((interval, index) => index > 0 && byBoundaries(sorted[index - 1]!, interval) === 0))
  return doubles.size === 0 ? intervals : intervals.filter((interval) => !doubles.has(interval))
}

const byBoundaries = (one: Interval, other: Interval): number => sortOrder(one.low, other.low) || sortOrder(one.high, other.high)

function cut(interval: Interval, per: Quantity | null): Interval[] {
  const [from, to] = [startOf(interval), endOf(interval)]
  // An end of the range stands for no end: its points are too many to list, which the specification allows to leave out.
  if (from === null || to === null || interval.low === null || interval.high === null || per === null) return []
  return isTemporal(from) ? cutTemporal(from, to, per) : cutNumbers(from, to, per)
}

type Temporal = CqlDate | CqlDateTime | CqlTime
const isTemporal = (value: unknown): value is Temporal =>
  value instanceof CqlDate || value instanceof CqlDateTime || value instanceof CqlTime

function cutTemporal(from: Temporal, to: unknown, per: Quantity): Interval[] {
  const unit = unitPrecision(per.unit)
  if (unit === null || per.value.sign() <= 0) throw new CqlError(`Dates and times cannot be expanded per ${per.unit}.`)
  const precision = unit === Precision.Week ? Precision.Day : unit
  // Boundaries less precise than the step contribute nothing: what follows them is not known.
  if (from.precision < precision || (to as Temporal).precision < precision) return []
  const last = coarsened(to, precision)
  return stepped(coarsened(from, precision), last, per)
}

/** Numbers are cut off to the digits of the step; an Integer cut in tenths becomes a Decimal. */
function cutNumbers(from: unknown, to: unknown, per: Quantity): Interval[] {
  const step = stepOf(from, per)
  if (per.value.sign() <= 0) throw new CqlError('Numbers can only be expanded per a positive step.')
  const digits = per.value.withoutTrailingZeros().scale
  // A value of no digits covers the whole of its last digit: 10 per 0.1 reaches to 10.9.
  return stepped(cutOff(from, digits, false), cutOff(to, digits, true), step)
}

function stepOf(point: unknown, per: Quantity): unknown {
  if (point instanceof Quantity) return per
  if (canonicalUnit(per.unit) !== '1') throw new CqlError(`Numbers cannot be counted per ${per.unit}.`)
  if (typeof point === 'number' && per.value.isInteger()) return per.value.toNumber()
  if (typeof point === 'bigint' && per.value.isInteger()) return BigInt(per.value.truncate().toNumber())
  return per.value
}

function cutOff(point: unknown, digits: number, upward: boolean): unknown {
  if (point instanceof Quantity) return point
  if (typeof point === 'number' || typeof point === 'bigint') {
    if (digits === 0) return point
    const decimal = Decimal.fromInteger(point)
    return upward ? add(decimal, subtract(Decimal.of(1), Decimal.fromUnits(10n ** BigInt(8 - digits)))) : decimal
  }
  const decimal = point as Decimal
  const unit = 10n ** BigInt(8 - digits)
  return Decimal.fromUnits(decimal.wideUnits() - (decimal.wideUnits() % unit), digits)
}

function stepped(from: unknown, last: unknown, step: unknown): Interval[] {
  const cuts: Interval[] = []
  for (let low = from; low !== null;) {
    const next = addOrNull(low, step)
    const high = next === null ? null : highBefore(low, next, step)
    if (high === null || lessOrEqual(high, last) !== true) return cuts
    cuts.push(new Interval(low, high))
    boundList(cuts)
    low = next
  }
  return cuts
}

/** A step of one unit is a single point. */
function highBefore(low: unknown, next: unknown, step: unknown): unknown {
  if (low instanceof Decimal && step instanceof Decimal) {
    return subtract(next, Decimal.fromUnits(10n ** BigInt(8 - step.withoutTrailingZeros().scale)))
  }
  if (low instanceof Quantity && step instanceof Quantity) {
    const one = Decimal.fromUnits(10n ** BigInt(8 - step.value.withoutTrailingZeros().scale))!
    return subtract(next, new Quantity(one, step.unit))
  }
  return neighbourOrNull(next, -1)
}

/** Null past the end of the range, and where the clock goes round. */
function addOrNull(point: unknown, step: unknown): unknown {
  const next = isAtEnd(point, step) ? null : add(point, step)
  return next !== null && lessOrEqual(next, point) === true ? null : next
}

const isAtEnd = (point: unknown, _step: unknown): boolean =>
  !(point instanceof CqlTime) && isTemporal(point) && neighbourOrNull(point, 1) === null

/** One step of the coarsest boundary. */
function sizeOf(intervals: readonly Interval[]): Quantity | null {
  const points = intervals.flatMap(({ low, high }) => [low, high]).filter((point) => point !== null)
  const sample = points[0]
  if (sample === undefined) return null
  if (isTemporal(sample)) {
    const coarsest = Math.min(...points.map((point) => (point as Temporal).precision))
    return new Quantity(Decimal.of(1), units[coarsest]!)
  }
  if (sample instanceof Quantity) return new Quantity(stepOfDigits(points.map((point) => (point as Quantity).value.scale)), sample.unit)
  const digits = points.map((point) => (point instanceof Decimal ? point.scale : 0))
  return new Quantity(stepOfDigits(digits), '1')
}

const stepOfDigits = (digits: readonly number[]): Decimal => Decimal.fromUnits(10n ** BigInt(8 - Math.min(...digits)), Math.min(...digits))!
const units = ['', 'year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond']
