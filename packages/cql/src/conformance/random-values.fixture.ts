import fc from 'fast-check'
import type { ElmJson } from './random-elm.fixture.ts'

/** Random values of the System types, as ELM writes them. */
const ELM = '{urn:hl7-org:elm-types:r1}'
export const points = ['Integer', 'Long', 'Decimal', 'Date', 'DateTime', 'Time', 'Quantity'] as const
export type Point = (typeof points)[number]

export const literal = (type: string, value: unknown): ElmJson => ({ type: 'Literal', valueType: `${ELM}${type}`, value: String(value) })
export const node = (type: string, parts: Readonly<Record<string, unknown>>): ElmJson => ({ type, ...parts })
export const operands = (type: string, ...operand: ElmJson[]): ElmJson => ({ type, operand })

/** Null of a type, as the translator writes it. */
export const nothing = (type: string): ElmJson => {
  const specifier = specifierOf(type)
  const isNamed = specifier.type === 'NamedTypeSpecifier'
  return node('As', { operand: { type: 'Null' }, ...(isNamed ? { asType: specifier.name } : { asTypeSpecifier: specifier }) })
}

function specifierOf(type: string): ElmJson {
  const [, outer, inner] = /^(List|Interval)<(.*)>$/.exec(type) ?? []
  if (inner === undefined) return node('NamedTypeSpecifier', { name: `${ELM}${type}` })
  return outer === 'List'
    ? node('ListTypeSpecifier', { elementType: specifierOf(inner) })
    : node('IntervalTypeSpecifier', { pointType: specifierOf(inner) })
}

export const maybe = (type: string, value: fc.Arbitrary<ElmJson>): fc.Arbitrary<ElmJson> =>
  fc.oneof({ weight: 12, arbitrary: value }, { weight: 1, arbitrary: fc.constant(nothing(type)) })

const integer = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constantFrom(0, 1, 2_147_483_647, -2_147_483_648))
const long = fc.oneof(fc.integer({ min: -20, max: 20 }).map(BigInt), fc.constantFrom(0n, 1n, 2_147_483_648n, 2n ** 63n - 1n, -(2n ** 63n)))
export const decimal = fc
  .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 0, max: 3 }))
  .map(([digits, scale]) => (digits / 10 ** scale).toFixed(scale || 1))
const day = fc.record({
  precision: fc.integer({ min: 1, max: 3 }),
  year: fc.integer({ min: 2010, max: 2014 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
})
const clock = fc.record({
  precision: fc.constantFrom(1, 2, 3, 4, 4, 4),
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.constantFrom(0, 15, 59),
  second: fc.constantFrom(0, 30, 59),
  millisecond: fc.constantFrom(0, 1, 500, 999),
})
/** Moments a millisecond apart or none, to the second and to the millisecond: the same instants meet often. */
const closeClock = fc.record({
  precision: fc.constantFrom(3, 4),
  hour: fc.constant(10),
  minute: fc.constant(0),
  second: fc.constantFrom(0, 1),
  millisecond: fc.constantFrom(0, 0, 1, 999),
})
const closeDay = fc.constant({ precision: 3, year: 2012, month: 5, day: 1 })
type Fields = Readonly<Record<string, number>>
const first = (fields: Fields, names: readonly string[], count: number): Record<string, unknown> =>
  Object.fromEntries(names.slice(0, count).map((name) => [name, literal('Integer', fields[name])]))

export const dateNames = ['year', 'month', 'day'] as const
export const timeNames = ['hour', 'minute', 'second', 'millisecond'] as const
export const values: Record<string, fc.Arbitrary<ElmJson>> = {
  Boolean: fc.boolean().map((value) => literal('Boolean', value)),
  Integer: integer.map((value) => literal('Integer', value)),
  Long: long.map((value) => literal('Long', value)),
  Decimal: decimal.map((value) => literal('Decimal', value)),
  String: fc
    .constantFrom('', 'a', 'A', 'ab', 'b a', 'abab', '12', '-7', '1.50', '2012-05-01', 'true', 'N', "5 'mg'", 'T10:30')
    .map((value) => literal('String', value)),
  Date: day.map((fields) => node('Date', first(fields, dateNames, fields.precision))),
  DateTime: fc
    .oneof(
      { weight: 2, arbitrary: fc.tuple(day, clock, fc.constantFrom(null, null, -5, 0, 5.5)) },
      { weight: 1, arbitrary: fc.tuple(closeDay, closeClock, fc.constant(null)) },
    )
    .map(([date, time, zone]) => {
      if (date.precision < 3) return node('DateTime', first(date, dateNames, date.precision))
      const offset = zone === null ? {} : { timezoneOffset: literal('Decimal', zone.toFixed(1)) }
      return node('DateTime', { ...first(date, dateNames, 3), ...first(time, timeNames, time.precision), ...offset })
    }),
  Time: fc
    .oneof({ weight: 2, arbitrary: clock }, { weight: 1, arbitrary: closeClock })
    .map((fields) => node('Time', first(fields, timeNames, fields.precision))),
  /** A whole number that is not certain, of one to three. */
  Age: fc.tuple(day, fc.integer({ min: 2014, max: 2018 }), fc.constantFrom(1, 2)).map(([birth, year, precision]) => ({
    ...operands(
      'DurationBetween',
      node('Date', first(birth, dateNames, precision)),
      node('Date', first({ ...birth, year }, dateNames, birth.precision)),
    ),
    precision: 'Year',
  })),
  Quantity: fc
    .tuple(decimal, fc.constantFrom('mg', 'g', 'cm', 'm', '1'))
    .map(([value, unit]) => node('Quantity', { value: Number(value), unit })),
  Duration: fc
    .tuple(
      fc.integer({ min: -40, max: 40 }),
      fc.constantFrom('year', 'months', 'weeks', 'day', 'hours', 'minutes', 'second', 'milliseconds'),
    )
    .map(([value, unit]) => node('Quantity', { value, unit })),
  DayDuration: fc
    .tuple(fc.integer({ min: -40, max: 40 }), fc.constantFrom('years', 'month', 'week', 'days'))
    .map(([value, unit]) => node('Quantity', { value, unit })),
}
