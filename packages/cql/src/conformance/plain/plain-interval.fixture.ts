import { endOfRange, isLess, neighbour, order, partsUpTo, type Order } from './plain-point.fixture.ts'
import { isKind, type Plain, type Span } from './plain-value.fixture.ts'

export type Truth = boolean | null

const not = (value: Truth): Truth => (value === null ? null : !value)
export const and = (...all: readonly Truth[]): Truth => (all.includes(false) ? false : all.includes(null) ? null : true)
const or = (...all: readonly Truth[]): Truth => not(and(...all.map(not)))

/** Where something starts or ends: all that it may be, from `least` to `most`; the same twice when it is known. */
interface Place {
  readonly least: Plain
  readonly most: Plain
  readonly known: boolean
}
const at = (point: Plain): Place => ({ least: point, most: point, known: true })

/** Reference, Start: a closed null is the first point there is, an open boundary excludes its value, an open null is anywhere up to the end. */
export function startPoint({ low, lowClosed, ...span }: Span): Plain {
  if (low === null) return lowClosed ? endOfRange({ ...span, low, lowClosed }, -1) : null
  return lowClosed ? low : neighbour(low, 1)
}
/** Reference, End. */
export function endPoint({ high, highClosed, ...span }: Span): Plain {
  if (high === null) return highClosed ? endOfRange({ ...span, high, highClosed }, 1) : null
  return highClosed ? high : neighbour(high, -1)
}
function start(of: Plain): Place {
  if (!isKind(of, 'span')) return at(of)
  const point = startPoint(of)
  return point === null ? { least: endOfRange(of, -1), most: endPoint(of) ?? endOfRange(of, 1), known: false } : at(point)
}
function end(of: Plain): Place {
  if (!isKind(of, 'span')) return at(of)
  const point = endPoint(of)
  return point === null ? { least: startPoint(of) ?? endOfRange(of, -1), most: endOfRange(of, 1), known: false } : at(point)
}

const told = (found: Order, holds: (order: number) => boolean): Truth => (found === null ? null : holds(found))
const isTrue = (found: Order, holds: (order: number) => boolean): boolean => told(found, holds) === true

function less(a: Place, b: Place, precision?: string): Truth {
  if (a.known && b.known) return isLess(a.least, b.least, false, precision)
  if (isLess(a.most, b.least, false, precision) === true) return true
  return isLess(a.least, b.most, false, precision) === false ? false : null
}
const notMore = (a: Place, b: Place, precision?: string): Truth =>
  a.known && b.known ? isLess(a.least, b.least, true, precision) : not(less(b, a, precision))
function same(a: Place, b: Place, precision?: string): Truth {
  if (a.known && b.known) return told(order(a.least, b.least, precision), (found) => found === 0)
  const apart = [order(a.most, b.least, precision), order(b.most, a.least, precision)].some((found) => isTrue(found, (one) => one < 0))
  return apart ? false : null
}

type Relation = (left: Plain, right: Plain, precision?: string) => Truth
const before: Relation = (left, right, precision) => less(end(left), start(right), precision)
const notAfter: Relation = (left, right, precision) => notMore(end(left), start(right), precision)
const sameAs: Relation = (left, right, precision) => and(same(start(left), start(right), precision), same(end(left), end(right), precision))
const includes: Relation = (left, right, precision) =>
  isKind(right, 'span')
    ? and(notMore(start(left), start(right), precision), notMore(end(right), end(left), precision))
    : holds(left as Span, right, precision)
const overlaps: Relation = (left, right, precision) => and(not(before(left, right, precision)), not(before(right, left, precision)))
const overlapsBefore: Relation = (left, right, precision) =>
  and(less(start(left), start(right), precision), overlaps(left, right, precision))
const overlapsAfter: Relation = (left, right, precision) => and(less(end(right), end(left), precision), overlaps(left, right, precision))
const startsIt: Relation = (left, right, precision) =>
  and(same(start(left), start(right), precision), notMore(end(left), end(right), precision))
const endsIt: Relation = (left, right, precision) =>
  and(notMore(start(right), start(left), precision), same(end(left), end(right), precision))
const properly: Relation = (left, right, precision) =>
  isKind(right, 'span')
    ? and(includes(left, right, precision), not(sameAs(left, right, precision)))
    : and(less(start(left), at(right), precision), less(at(right), end(left), precision))

/** Reference, In: beside an open boundary strictly, beside a closed one that is null always; what equals a closed boundary is in. */
function holds({ low, high, lowClosed, highClosed, ...rest }: Span, point: Plain, precision?: string): Truth {
  const span = { low, high, lowClosed, highClosed, ...rest }
  if ((lowClosed && order(low, point) === 0) || (highClosed && order(high, point) === 0)) return true
  const fromLow = low === null ? lowClosed || notMore(start(span), at(point), precision) : isLess(low, point, lowClosed, precision)
  const toHigh = high === null ? highClosed || notMore(at(point), end(span), precision) : isLess(point, high, highClosed, precision)
  return and(fromLow, toHigh)
}

/** Reference, Meets Before: the point after the end of the one is the start of the other. */
const meetsBefore: Relation = (left, right, precision) => {
  const [last, first] = [end(left), start(right)]
  const [least, most] = [after(last.least, precision), after(last.most, precision)]
  if (last.known && first.known) return least === null ? false : same(at(least), first, precision)
  return same({ least: least ?? last.least, most: most ?? last.most, known: false }, first, precision)
}
function after(point: Plain, precision?: string): Plain {
  if (point === null) return null
  const cut = isKind(point, 'moment') && precision ? { ...point, parts: point.parts.slice(0, partsUpTo(precision, point.type)) } : point
  return neighbour(cut, 1)
}

const turned =
  (relation: Relation): Relation =>
  (left, right, precision) =>
    relation(right, left, precision)

/** Reference, Interval Operators, of two operands that are not null; a point starts and ends at itself. */
export const relations: Readonly<Record<string, Relation>> = {
  Before: before,
  After: turned(before),
  SameOrBefore: notAfter,
  SameOrAfter: turned(notAfter),
  SameAs: sameAs,
  Includes: includes,
  IncludedIn: turned(includes),
  Contains: includes,
  In: turned(includes),
  ProperIncludes: properly,
  ProperIncludedIn: turned(properly),
  ProperContains: properly,
  ProperIn: turned(properly),
  Overlaps: overlaps,
  OverlapsBefore: overlapsBefore,
  OverlapsAfter: overlapsAfter,
  Starts: startsIt,
  Ends: endsIt,
  MeetsBefore: meetsBefore,
  MeetsAfter: turned(meetsBefore),
  Meets: (left, right, precision) => or(meetsBefore(left, right, precision), meetsBefore(right, left, precision)),
}

interface Boundary {
  readonly value: Plain
  readonly closed: boolean
}
const lowOf = ({ low, lowClosed }: Span): Boundary => ({ value: low, closed: lowClosed })
const highOf = ({ high, highClosed }: Span): Boundary => ({ value: high, closed: highClosed })
const made = (low: Boundary, high: Boundary, type: string | null): Span => ({
  ...{ kind: 'span', type, low: low.value, lowClosed: low.closed },
  ...{ high: high.value, highClosed: high.closed },
})
const partsOf = (point: Plain): number => (isKind(point, 'moment') ? point.parts.length : 0)

/** The boundary of the one whose point is further, unknown when one of them is. Of two that cannot be told apart, the one that says more or less. */
function chosen(points: readonly [Plain, Plain], boundaries: readonly [Boundary, Boundary], further: 1 | -1, saysMore: boolean): Boundary {
  const [left, right] = points
  if (left === null || right === null) return { value: null, closed: false }
  const found = order(left, right)
  if (found === null && (isKind(left, 'range') || isKind(right, 'range'))) return { value: null, closed: false }
  const first = found === null ? (partsOf(left) - partsOf(right)) * (saysMore ? 1 : -1) : found * further
  return boundaries[first >= 0 ? 0 : 1]
}
const hull = (left: Span, right: Span, side: 1 | -1, saysMore: boolean): Span =>
  made(
    chosen([startPoint(left), startPoint(right)], [lowOf(left), lowOf(right)], side === 1 ? -1 : 1, saysMore),
    chosen([endPoint(left), endPoint(right)], [highOf(left), highOf(right)], side, saysMore),
    left.type ?? right.type,
  )

/** Reference, Union, Intersect and Except of intervals. */
export function setOf(operator: string, left: Span, right: Span): Span | null {
  const touch = overlaps(left, right)
  if (operator === 'Union') return or(touch, relations.Meets!(left, right)) === true ? hull(left, right, 1, false) : null
  if (operator === 'Intersect') return touch === true ? hull(left, right, -1, true) : null
  if (touch !== true) return touch === false ? left : null
  const out = { before: less(start(left), start(right)), after: less(end(right), end(left)) }
  const edge = out.before === true ? neighbour(start(right).least, -1) : neighbour(end(right).least, 1)
  if (out.before === null || out.after === null || out.before === out.after || edge === null) return null
  const closed = { value: edge, closed: true }
  return out.before ? made(lowOf(left), closed, left.type) : made(closed, highOf(left), left.type)
}
