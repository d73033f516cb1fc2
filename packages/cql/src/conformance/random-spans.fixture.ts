import fc from 'fast-check'
import type { ElmJson } from './random-elm.fixture.ts'
import { dateNames, literal, node, nothing, operands, timeNames, type Point } from './random-values.fixture.ts'

type Tie = (type: string) => fc.Arbitrary<ElmJson>
type Make = (tie: Tie) => fc.Arbitrary<ElmJson>

export const dateUnits = ['Year', 'Month', 'Day']
export const timeUnits = ['Hour', 'Minute', 'Second', 'Millisecond']

/** Of a list of intervals, per nothing or an amount that can be one of its points. Dates are whole days: of others no clause says which comes first. */
export function collapse(point: Point): Make {
  const lists = (tie: Tie): fc.Arbitrary<ElmJson> =>
    point === 'Date'
      ? fc.array(tie('Short<Day>'), { maxLength: 4 }).map((element) => node('List', { element }))
      : tie(`List<Interval<${point}>>`)
  return (tie) => fc.tuple(lists(tie), perOf(point)).map(([list, per]) => operands('Collapse', list, per))
}
export const collapsed = ['Integer', 'Long', 'Decimal', 'Quantity', 'Date'] as const
/** What is cut up is short: lists of millions are an error of their own. */
export const spanned = new Set<string>(['Integer', 'Long', 'Date'])
export function expand(point: Point): Make {
  return (tie) =>
    fc
      .tuple(fc.array(tie(`Short<${point}>`), { maxLength: 2 }), perOf(point))
      .map(([element, per]) => operands('Expand', node('List', { element }), per))
}
function perOf(point: Point): fc.Arbitrary<ElmJson> {
  const units = point === 'Date' ? dateUnits : point === 'DateTime' ? [...dateUnits, ...timeUnits] : point === 'Time' ? timeUnits : null
  const unit = units
    ? fc.constantFrom(...units.map((name) => name.toLowerCase()), ...(point === 'Time' ? [] : ['weeks']))
    : fc.constant(point === 'Quantity' ? 'mg' : '1')
  const amount = fc.tuple(fc.constantFrom(1, 1, 2, 3), unit).map(([value, of]) => node('Quantity', { value, unit: of }))
  return fc.oneof({ weight: 1, arbitrary: fc.constant(nothing('Quantity')) }, { weight: 1, arbitrary: amount })
}
/** An interval of few points. */
export function short(kind: Point | 'Day'): fc.Arbitrary<ElmJson> {
  const point = kind === 'Day' ? 'Date' : kind
  const whole = (value: number): ElmJson =>
    point === 'Date'
      ? node('Date', {
          year: literal('Integer', 2012),
          month: literal('Integer', 1 + (value % 12)),
          day: literal('Integer', 1 + (value % 28)),
        })
      : literal(point, value)
  const month = (value: number): ElmJson => node('Date', { year: literal('Integer', 2012), month: literal('Integer', 1 + (value % 12)) })
  return fc.tuple(fc.nat(40), fc.nat(40), fc.boolean(), fc.boolean(), fc.boolean()).map(([one, other, lowClosed, highClosed, coarse]) => {
    const [low, high] = [one, other].map(coarse && kind === 'Date' ? month : whole).sort((a, b) => sizeOf(a) - sizeOf(b))
    return node('Interval', { low, high, lowClosed, highClosed })
  })
}

/** Sorts boundaries, roughly: zones are not looked at. NaN for null. */
export function sizeOf(bound: ElmJson): number {
  if (bound.type === 'As') return NaN
  if (bound.type === 'Literal' || bound.type === 'Quantity') return Number(bound.value)
  return [...dateNames, ...timeNames].reduce((size, name) => size * 1000 + Number((bound[name] as ElmJson | undefined)?.value ?? 0), 0)
}
