import { moved } from './plain-date.fixture.ts'
import { endPoint, startPoint } from './plain-interval.fixture.ts'
import { calculated } from './plain-number.fixture.ts'
import { neighbour, NoOpinion, order, partsUpTo, Refusal } from './plain-point.fixture.ts'
import { isKind, isList, ONE, type Amount, type Moment, type Plain, type Span } from './plain-value.fixture.ts'

const spansIn = (list: Plain): Span[] | null => {
  if (list === null) return null
  if (!isList(list) || !list.every((one) => one === null || isKind(one, 'span'))) throw new NoOpinion('no list of intervals')
  return list.filter((one) => one !== null) as Span[]
}
function told(left: Plain, right: Plain): number {
  const found = order(left, right)
  if (found === null) throw new NoOpinion('boundaries that cannot be told apart')
  return found
}

/** A point moved on by an amount. */
function after(point: Plain, per: Amount): Plain {
  if (isKind(point, 'moment')) return moved(point, per, 1)
  if (isKind(point, 'amount')) return calculated('Add', point, per)
  if (!isKind(point, 'number') || per.unit !== '1') throw new NoOpinion(per.unit)
  return calculated('Add', point, { kind: 'number', type: point.type, units: per.units })
}

/** Reference, Collapse: those that overlap or meet, by a step of `per`, are one. Of boundaries that say the same that of the first is written. */
export function collapsed(list: Plain, per: Plain): Plain {
  const spans = spansIn(list)
  if (spans === null) return null
  if (per !== null && (!isKind(per, 'amount') || per.units <= 0n)) throw new NoOpinion('per')
  const placed = spans
    .map((span) => ({ span, from: startPoint(span), to: endPoint(span) }))
    .filter(({ from, to }) => from !== null || to !== null)
  placed.sort((one, other) => unknownFirst(one.from, other.from) || unknownFirst(one.to, other.to))
  const found: typeof placed = []
  const open = placed.filter(({ from }) => from === null)
  for (const one of placed.slice(open.length)) {
    const last = found.at(-1)
    if (!last || !touches(last, one, per)) found.push({ ...one })
    else if (one.to === null || told(one.to, last.to) > 0) {
      last.to = one.to
      last.span = { ...last.span, high: one.span.high, highClosed: one.span.highClosed }
    }
  }
  // What begins nobody knows where is one with what its end lies in or meets; with what lies before its end nobody knows.
  const reached = open.map((one) => found.find((other) => touches(one, other, per)))
  const joined = open.flatMap((one, at) => {
    const other = reached[at]
    if (!other) return [one]
    if (reached.indexOf(other) < at) return []
    const { low, lowClosed, high, highClosed } = one.span
    const sameEnd = other.to !== null && told(one.to, other.to) === 0
    return [{ ...other, span: { ...other.span, low, lowClosed, ...(sameEnd && { high, highClosed }) } }]
  })
  joined.sort((one, other) => unknownFirst(one.to, other.to))
  return [...joined, ...found.filter((one) => !reached.includes(one))].map(({ span }) => span)
}

interface Placed {
  readonly from: Plain
  readonly to: Plain
}
/** Whether it is certain that one that does not begin earlier continues another. */
function touches(one: Placed, other: Placed, per: Plain): boolean {
  if (one.to === null || other.from === null) return false
  if (one.from === null && (other.to === null || told(one.to, other.to) > 0)) return false
  const next = per === null ? neighbour(one.to, 1) : after(one.to, per as Amount)
  return next === null || told(other.from, next) <= 0
}
const unknownFirst = (left: Plain, right: Plain): number =>
  left === null || right === null ? Number(left !== null) - Number(right !== null) : told(left, right)

/** Reference, Expand, of whole numbers and dates: pieces of the size of `per` from the start on, those that fit; each piece once. */
export function expanded(list: Plain, given: Plain): Plain {
  const spans = spansIn(list)
  if (spans === null) return null
  const per = given ?? sizeOf(spans)
  if (per === null) return []
  if (!isKind(per, 'amount') || per.units % ONE !== 0n) throw new NoOpinion('per')
  if (per.units <= 0n) throw new Refusal('No step.')
  const pieces = spans.flatMap((span) => piecesOf(span, per))
  return pieces.filter(
    (one, at) => !pieces.slice(0, at).some((other) => order(one.low, other.low) === 0 && order(one.high, other.high) === 0),
  )
}

function sizeOf(spans: readonly Span[]): Amount | null {
  const points = spans.flatMap(({ low, high }) => [low, high]).filter((point) => point !== null)
  if (points.length === 0) return null
  const moments = points.filter((point): point is Moment => isKind(point, 'moment'))
  const coarsest = ['year', 'month', 'day'][Math.min(...moments.map(({ parts }) => parts.length)) - 1]
  return { kind: 'amount', units: ONE, unit: moments.length > 0 ? coarsest! : '1' }
}

function piecesOf(span: Span, per: Amount): Span[] {
  const [from, to] = [startPoint(span), endPoint(span)]
  if (span.low === null || span.high === null || from === null || to === null) return []
  const start = cut(from, per)
  const end = cut(to, per)
  const found: Span[] = []
  for (let low = start; low !== null && end !== null;) {
    const next = after(low, per)
    const high = next === null ? null : neighbour(next, -1)
    if (high === null || told(high, end) > 0) return found
    found.push({ kind: 'span', type: span.type, low, high, lowClosed: true, highClosed: true })
    low = next
  }
  return found
}

/** A date cut to the unit of the step; null when it says less. */
function cut(point: Plain, per: Amount): Plain {
  if (isKind(point, 'number')) return point
  if (!isKind(point, 'moment') || point.type !== 'Date') throw new NoOpinion('Expand')
  const unit = per.unit.replace(/s$/, '')
  const parts = unit === 'week' ? 3 : partsUpTo(unit, 'Date')
  return point.parts.length < parts ? null : { ...point, parts: point.parts.slice(0, parts) }
}
