import { isKind, ONE, type Amount, type Moment, type Plain, type Span } from './plain-value.fixture.ts'

/** What the second opinion does not know: a difference there is explained by nothing. */
export class NoOpinion extends Error {}
/** Nobody has one: no clause of the specification decides. */
export class Undecided extends NoOpinion {}

/** What the specification has as an error. */
export class Refusal extends Error {}

/** Negative, zero or positive; null when it is not known. */
export type Order = number | null

const units = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond']
/** How many parts of a date or time a precision takes. */
export const partsUpTo = (precision: string, type: Moment['type']): number =>
  units.indexOf(precision.toLowerCase()) + (type === 'Time' ? -2 : 1)

const sign = (left: bigint | number, right: bigint | number): number => (left < right ? -1 : left > right ? 1 : 0)

/** Reference, Comparison Operators. `precision` as in ELM. */
export function order(left: Plain, right: Plain, precision?: string): Order {
  if (left === null || right === null) return null
  if (isKind(left, 'moment') && isKind(right, 'moment')) return orderOfMoments(left, right, precision)
  if (isKind(left, 'amount') && isKind(right, 'amount')) return orderOfAmounts(left, right)
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  const [a, b] = [rangeOf(left), rangeOf(right)]
  if (a.high < b.low) return -1
  if (a.low > b.high) return 1
  return a.low === a.high && b.low === b.high ? 0 : null
}

/** Reference, Less and Less Or Equal: wherever the numbers lie in their ranges. */
export function isLess(left: Plain, right: Plain, orSame: boolean, precision?: string): boolean | null {
  if (left === null || right === null) return null
  if (!isKind(left, 'range') && !isKind(right, 'range')) {
    const found = order(left, right, precision)
    return found === null ? null : orSame ? found <= 0 : found < 0
  }
  const [a, b] = [rangeOf(left), rangeOf(right)]
  if (orSame ? a.high <= b.low : a.high < b.low) return true
  return (orSame ? a.low > b.high : a.low >= b.high) ? false : null
}

/** A number as a range of itself. */
export function rangeOf(value: Plain): { low: bigint; high: bigint } {
  if (isKind(value, 'number')) return { low: value.units, high: value.units }
  if (isKind(value, 'range')) return { low: value.low * ONE, high: value.high * ONE }
  throw new NoOpinion('Only numbers have ranges.')
}

/** Seconds and milliseconds are one precision, a decimal, unless one of them is asked for: of seconds alone they are 0. */
const withMilliseconds = (of: Moment): Moment =>
  of.parts.length === partsUpTo('second', of.type) ? { ...of, parts: [...of.parts, 0] } : of

/** Precision by precision; what one of them does not say is not known, unless both end there and none was asked for. */
function orderOfMoments(given: Moment, other: Moment, precision?: string): Order {
  const [left, right] = precision ? [given, other] : [withMilliseconds(given), withMilliseconds(other)]
  const type = left.type === 'Time' ? 'Time' : 'DateTime'
  const byHour = !precision || partsUpTo(precision, type) > 3
  const moved = left.offset !== right.offset && byHour
  const [a, b] = moved ? [inUtc(left).parts, inUtc(right).parts] : [left.parts, right.parts]
  const most = precision ? partsUpTo(precision, type) : Math.max(a.length, b.length)
  for (let at = 0; at < most; at++) {
    const [here, there] = [a[at], b[at]]
    if (here === undefined || there === undefined) return null
    if (here !== there) return sign(here, there)
  }
  return 0
}

/** Evaluation is in UTC; days without hours are in its zone already. */
export const inUtc = (of: Moment): Moment =>
  of.offset === 0 || of.parts.length < 4 ? of : { ...momentAt(of, millisecondsOf(of) - of.offset * 60_000), offset: 0 }

/** The first millisecond that it may be, on its own clock; of a Time since midnight. */
export function millisecondsOf({ type, parts }: Moment): number {
  const [year, month, day, hour, minute, second, millisecond] = type === 'Time' ? [1970, 1, 1, ...parts] : parts
  const date = new Date(0)
  date.setUTCFullYear(year!, (month ?? 1) - 1, day ?? 1)
  date.setUTCHours(hour ?? 0, minute ?? 0, second ?? 0, millisecond ?? 0)
  return date.getTime()
}

/** A moment that says as much as another one does. */
export function momentAt(like: Moment, milliseconds: number): Moment {
  const at = new Date(milliseconds)
  const clock = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds(), at.getUTCMilliseconds()]
  const all = like.type === 'Time' ? clock : [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), ...clock]
  return { ...like, parts: all.slice(0, like.parts.length) }
}

export const isInYears = (at: Moment): boolean => at.type === 'Time' || (at.parts[0]! >= 1 && at.parts[0]! <= 9999)

/** How many of the finest unit of its kind a unit is: those that random quantities have. */
const finest: Readonly<Record<string, readonly [kind: string, count: bigint]>> = {
  mg: ['mass', 1n],
  g: ['mass', 1000n],
  cm: ['length', 1n],
  m: ['length', 100n],
  '%': ['one', 1n],
  '1': ['one', 100n],
}
/** Both as counts of one unit, `unit` being the finer one; null when they do not measure the same. */
export function inOneUnit(left: Amount, right: Amount): { a: bigint; b: bigint; unit: string; coarser: bigint } | null {
  if (left.unit === right.unit) return { a: left.units, b: right.units, unit: left.unit, coarser: 1n }
  const [one, other] = [finest[left.unit], finest[right.unit]]
  if (!one || !other) throw new NoOpinion(`${left.unit} beside ${right.unit}`)
  if (one[0] !== other[0]) return null
  const least = one[1] < other[1] ? one[1] : other[1]
  const [a, b] = [(left.units * one[1]) / least, (right.units * other[1]) / least]
  return { a, b, unit: one[1] <= other[1] ? left.unit : right.unit, coarser: one[1] * other[1] }
}

/** Reference, ConvertQuantity: the nearest Decimal; null when the unit does not measure the same, and where it has no place. */
export function converted({ units: value, unit }: Amount, to: string): Amount | null {
  const [one, other] = [finest[unit], finest[to]]
  if (!one || !other) throw new NoOpinion(`${unit} as ${to}`)
  if (one[0] !== other[0]) return null
  const [numerator, denominator] = [value * one[1], other[1]]
  const half = numerator < 0n ? -denominator / 2n : denominator / 2n
  const units = (numerator + half) / denominator
  return hasPlace(units, 'Decimal') ? { kind: 'amount', units, unit: to } : null
}

function orderOfAmounts(left: Amount, right: Amount): Order {
  const found = inOneUnit(left, right)
  return found && sign(found.a, found.b)
}

const LAST_INTEGER = 2_147_483_647n * ONE
const LAST_LONG = (2n ** 63n - 1n) * ONE
const LAST_DECIMAL = 10n ** 28n - 1n
const last: Readonly<Record<string, bigint>> = { Integer: LAST_INTEGER, Long: LAST_LONG, Decimal: LAST_DECIMAL }
export const hasPlace = (units: bigint, type: string): boolean =>
  units <= last[type]! && units >= -last[type]! - (type === 'Decimal' ? 0n : ONE)

/** Reference, Successor and Predecessor; null past the end of the range. */
export function neighbour(point: Plain, step: 1 | -1): Plain {
  if (isKind(point, 'number')) {
    const units = point.units + (point.type === 'Decimal' ? 1n : ONE) * BigInt(step)
    return hasPlace(units, point.type) ? { ...point, units } : null
  }
  if (isKind(point, 'amount')) {
    const units = point.units + BigInt(step)
    return hasPlace(units, 'Decimal') ? { ...point, units } : null
  }
  if (isKind(point, 'range')) {
    const [low, high] = [point.low + BigInt(step), point.high + BigInt(step)]
    return hasPlace(low * ONE, 'Integer') && hasPlace(high * ONE, 'Integer') ? { ...point, low, high } : null
  }
  if (!isKind(point, 'moment')) throw new NoOpinion('Only points have neighbours.')
  // A Date takes months past December and days past the last as those of the next year or month.
  const moved = point.parts.map((part, at) => (at === point.parts.length - 1 ? part + step : part))
  if (point.type === 'Time' && (millisecondsOf({ ...point, parts: moved }) < 0 || millisecondsOf({ ...point, parts: moved }) >= 86_400_000))
    return null
  const found = momentAt(point, millisecondsOf({ ...point, parts: moved }))
  return isInYears(found) ? found : null
}

/** Reference, Minimum and Maximum, of the points of an interval. */
export function endOfRange(span: Span, side: 1 | -1): Plain {
  const { type } = span
  if (type === null) return null
  if (type in last) {
    const units = side > 0 ? last[type]! : -last[type]! - (type === 'Decimal' ? 0n : ONE)
    return { kind: 'number', type: type as 'Integer', units }
  }
  if (type === 'Quantity') {
    const like = span.low ?? span.high
    return { kind: 'amount', units: LAST_DECIMAL * BigInt(side), unit: isKind(like, 'amount') ? like.unit : '1' }
  }
  const clock = side > 0 ? [23, 59, 59, 999] : [0, 0, 0, 0]
  const day = side > 0 ? [9999, 12, 31] : [1, 1, 1]
  const parts = type === 'Time' ? clock : type === 'Date' ? day : [...day, ...clock]
  return { kind: 'moment', type: type as Moment['type'], parts, offset: 0 }
}

/** The same of a type, by its name in ELM. */
export const endOfType = (valueType: unknown, side: 1 | -1): Plain =>
  endOfRange(
    { kind: 'span', low: null, high: null, lowClosed: true, highClosed: true, type: String(valueType).replace(/^\{.*\}/, '') },
    side,
  )
