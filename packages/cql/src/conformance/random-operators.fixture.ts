import type { Draw } from './draw.fixture.ts'
import { codes } from './random-chart.fixture.ts'
import type { ElmJson } from './random-elm.fixture.ts'

const ELM = '{urn:hl7-org:elm-types:r1}'
const node = (type: string, parts: Readonly<Record<string, unknown>>): ElmJson => ({ type, ...parts })
const literal = (type: string, value: unknown): ElmJson => node('Literal', { valueType: `${ELM}${type}`, value: String(value) })

const dateParts = (draw: Draw): Record<string, ElmJson> => {
  const parts = { year: draw.of([2026, 2025, 2024]), month: draw.of([1, 3, 6, 12]), day: draw.of([1, 4, 31]) }
  if (parts.month === 6 && parts.day === 31) parts.day = 30
  const known = draw.once(4) ? draw.of([1, 2]) : 3
  return Object.fromEntries(
    Object.entries(parts)
      .slice(0, known)
      .map(([name, value]) => [name, literal('Integer', value)]),
  )
}
const quantity = (draw: Draw): ElmJson =>
  node('Quantity', { value: draw.of([1, 5, 2.5, 0, 100, -3]), unit: draw.of(['mg', 'g', '%', '1']) })
const dateTime = (draw: Draw): ElmJson => {
  const parts = dateParts(draw)
  const clock = { hour: draw.of([0, 10, 23]), minute: draw.of([0, 30, 59]), second: draw.of([0, 59]), millisecond: draw.of([0, 500, 999]) }
  const known = parts.day && draw.once(2) ? draw.of([4, 4, 3, 2, 1]) : 0
  const time = Object.entries(clock)
    .slice(0, known)
    .map(([name, value]) => [name, literal('Integer', value)] as const)
  return node('DateTime', { ...parts, ...Object.fromEntries(time) })
}
const date = (draw: Draw): ElmJson => node('Date', dateParts(draw))

const leaves: Readonly<Record<string, (draw: Draw) => ElmJson>> = {
  Boolean: (draw) => literal('Boolean', draw.of([true, false])),
  Integer: (draw) => literal('Integer', draw.of([0, 1, 2, 7, -4, 100])),
  Decimal: (draw) => literal('Decimal', draw.of(['0.0', '1.5', '7.0', '-2.25', '9.0'])),
  String: (draw) => literal('String', draw.of(['final', 'finished', 'active', 'a', 'b', 'mg', '', 'coded', 'completed'])),
  Date: date,
  DateTime: dateTime,
  Quantity: quantity,
  Duration: (draw) =>
    node('Quantity', { value: draw.of([1, 0, 7, 30, -2, 400]), unit: draw.of(['day', 'days', 'month', 'years', 'hours', 'week']) }),
  DayDuration: (draw) => node('Quantity', { value: draw.of([1, 0, 7, 30, -2]), unit: draw.of(['day', 'months', 'years', 'weeks']) }),
  Concept: (draw) => {
    const code = node('CodeRef', { name: draw.of(codes) })
    if (!draw.once(3)) return node('ToConcept', { operand: code })
    const element = [code, ...draw.some(1, () => node('CodeRef', { name: draw.of(codes) }))]
    return node('Instance', { classType: `${ELM}Concept`, element: [{ name: 'codes', value: node('List', { element }) }] })
  },
  Code: (draw) => node('CodeRef', { name: draw.of(codes) }),
  'Interval<DateTime>': (draw) =>
    draw.once(3) ? interval(dateTime, 'DateTime')(draw) : node('ParameterRef', { name: 'Measurement Period' }),
  'Interval<Date>': (draw) => interval(date, 'Date')(draw),
  'Interval<Quantity>': () =>
    interval(() => node('Quantity', { value: 2, unit: 'mg' }), 'Quantity', node('Quantity', { value: 9, unit: 'mg' }))(),
}

/** Boundaries come from a function, so that what ends before it starts is no written error, and one may be missing. */
function interval(make: (draw: Draw) => ElmJson, type: string, fixedHigh?: ElmJson): (draw?: Draw) => ElmJson {
  return (draw) => {
    if (!draw) return node('Interval', { low: make(undefined as never), high: fixedHigh, lowClosed: true, highClosed: false })
    const missing = node('As', { operand: { type: 'Null' }, asType: `${ELM}${type}` })
    const [a, b] = [make(draw), make(draw)].sort((x, y) => JSON.stringify(x).localeCompare(JSON.stringify(y)))
    const gap = draw.below(6)
    return node('Interval', {
      low: gap === 4 ? missing : a,
      high: gap === 5 ? missing : b,
      lowClosed: !draw.once(4),
      highClosed: !draw.once(3),
    })
  }
}

const nothing = (type: string): ElmJson => {
  const point = /^Interval<(\w+)>$/.exec(type)?.[1]
  const named = (name: string): object => ({ type: 'NamedTypeSpecifier', name: `${ELM}${name}` })
  const specifier = point
    ? { asTypeSpecifier: { type: 'IntervalTypeSpecifier', pointType: named(point) } }
    : { asType: `${ELM}${type.replace(/^.*Duration$/, 'Quantity')}` }
  return node('As', { operand: { type: 'Null' }, ...specifier })
}

export const leafOf = (type: string, draw: Draw): ElmJson => (draw.once(14) ? nothing(type) : leaves[type]!(draw))

export interface RandomOperator {
  readonly name: string
  readonly takes: readonly string[]
  /** Where its only operand stands; all others are in `operand`. */
  readonly part?: string
}
const all = (names: string, takes: readonly string[]): RandomOperator[] => names.split(' ').map((name) => ({ name, takes }))
const unary = (names: string, type: string): RandomOperator[] => names.split(' ').map((name) => ({ name, takes: [type], part: 'operand' }))

const spans = ['Interval<DateTime>', 'Interval<Date>'] as const
const order = 'Equal NotEqual Equivalent Less LessOrEqual Greater GreaterOrEqual'
const timing = 'Before After SameAs SameOrBefore SameOrAfter'
const between = `${timing} Overlaps OverlapsBefore OverlapsAfter Includes IncludedIn ProperIncludes ProperIncludedIn Meets MeetsBefore MeetsAfter Starts Ends`

/** Groups of operators by what they give; each group is as likely as another. */
const operators: Readonly<Record<string, readonly (readonly RandomOperator[])[]>> = {
  Boolean: [
    all('And Or Xor Implies', ['Boolean', 'Boolean']),
    unary('Not IsTrue IsFalse IsNull', 'Boolean'),
    ...['DateTime', 'Date', 'Interval<DateTime>', 'Quantity', 'String', 'Concept'].map((type) => unary('IsNull', type)),
    ...['Integer', 'Decimal', 'Quantity', 'DateTime', 'Date'].map((type) => all(order, [type, type])),
    all('Equal Equivalent', ['String', 'String']),
    all('Equal Equivalent', ['Concept', 'Concept']),
    ...['DateTime', 'Date'].map((type) => all(timing, [type, type])),
    ...spans.map((span) => all(between, [span, span])),
    ...spans.map((span) => all('In', [span.slice(9, -1), span])),
    all('Before After SameOrBefore SameOrAfter', ['DateTime', 'Interval<DateTime>']),
    all('Before After SameOrBefore SameOrAfter', ['Interval<DateTime>', 'DateTime']),
    all('Contains', ['Interval<DateTime>', 'DateTime']),
    all('In', ['Quantity', 'Interval<Quantity>']),
    all('Equal Equivalent', ['Interval<DateTime>', 'Interval<DateTime>']),
  ],
  Integer: [
    all('Add Subtract Multiply', ['Integer', 'Integer']),
    all('DurationBetween DifferenceBetween', ['DateTime', 'DateTime']),
    all('DurationBetween DifferenceBetween', ['Date', 'Date']),
    all('CalculateAgeAt', ['Date', 'Date']),
    unary('DateTimeComponentFrom', 'DateTime'),
    unary('Negate Abs', 'Integer'),
    unary('Length', 'String'),
  ],
  Decimal: [all('Add Subtract Multiply Divide', ['Decimal', 'Decimal']), unary('ToDecimal', 'Integer'), unary('Negate', 'Decimal')],
  String: [all('Concatenate', ['String', 'String']), unary('Upper Lower', 'String'), unary('ToString', 'Integer')],
  Date: [all('Add Subtract', ['Date', 'DayDuration']), unary('DateFrom', 'DateTime'), unary('Start End', 'Interval<Date>')],
  DateTime: [
    all('Add Subtract', ['DateTime', 'Duration']),
    unary('ToDateTime', 'Date'),
    ...[0, 1].map(() => unary('Start End', 'Interval<DateTime>')),
  ],
  Quantity: [all('Add Subtract', ['Quantity', 'Quantity']), unary('Negate', 'Quantity'), unary('ToQuantity', 'Decimal')],
  'Interval<DateTime>': [all('Intersect Union Except', ['Interval<DateTime>', 'Interval<DateTime>'])],
  'Interval<Date>': [all('Intersect Union', ['Interval<Date>', 'Interval<Date>'])],
  Concept: [unary('ToConcept', 'Code')],
}

export const operatorsOf = (type: string): readonly (readonly RandomOperator[])[] => operators[type] ?? []

const days = ['Year', 'Month', 'Day']
const counted = new Set(['DurationBetween', 'DifferenceBetween', 'CalculateAgeAt', 'DateTimeComponentFrom'])
const precise = new Set([...between.split(' '), 'In', 'Contains'])

/** The precision that an operator over these names: some must, timing may, others never do. */
export function precisionOf(name: string, types: readonly string[], draw: Draw): { readonly precision?: string } {
  if (!counted.has(name) && !precise.has(name)) return {}
  const units = types.some((type) => type.includes('DateTime'))
    ? [...days, 'Hour', 'Second']
    : types.some((type) => type.includes('Date'))
      ? days
      : []
  return units.length > 0 && (counted.has(name) || draw.once(2)) ? { precision: draw.of(units) } : {}
}
