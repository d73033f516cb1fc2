import fc from 'fast-check'
import type { ElmJson } from './random-elm.fixture.ts'
import { literal, node, nothing, operands } from './random-values.fixture.ts'

/** Nodes that measures have here and there: the ends of a type, powers, spreads, messages, instances, units, casts to tuples, columns. */
type Tie = (type: string) => fc.Arbitrary<ElmJson>
type Make = (tie: Tie) => fc.Arbitrary<ElmJson>

const ELM = '{urn:hl7-org:elm-types:r1}'
const text = (value: string): ElmJson => literal('String', value)
const endOf =
  (type: string): Make =>
  () =>
    fc.constantFrom('MinValue', 'MaxValue').map((name) => node(name, { valueType: `${ELM}${type}` }))
const now =
  (name: string): Make =>
  () =>
    fc.constant(node(name, {}))
const spread =
  (names: string, type: string): Make =>
  (tie) =>
    fc.tuple(fc.constantFrom(...names.split(' ')), tie(`List<${type}>`)).map(([name, source]) => node(name, { source }))
const unary =
  (names: string, type: string): Make =>
  (tie) =>
    fc.tuple(fc.constantFrom(...names.split(' ')), tie(type)).map(([name, operand]) => node(name, { operand }))

const message: Make = (tie) =>
  fc
    .tuple(tie('Integer'), tie('Boolean'), fc.constantFrom('Trace', 'Message', 'Warning'))
    .map(([source, condition, severity]) =>
      node('Message', { source, condition, code: text('1'), severity: text(severity), message: text('so') }),
    )
const power =
  (type: 'Integer' | 'Decimal'): Make =>
  (tie) =>
    fc
      .tuple(tie(type), fc.integer({ min: type === 'Integer' ? 0 : -3, max: 6 }))
      .map(([base, exponent]) => operands('Power', base, literal(type, type === 'Integer' ? exponent : exponent.toFixed(1))))

const unit = fc.constantFrom('mg', 'g', 'cm', 'm', '1').map(text)
const inUnit =
  (name: string): Make =>
  (tie) =>
    fc.tuple(tie('Quantity'), unit).map(([quantity, to]) => operands(name, quantity, to))
const instance: Make = (tie) =>
  fc.tuple(tie('Decimal'), unit).map(([value, of]) =>
    node('Instance', {
      classType: `${ELM}Quantity`,
      element: [
        { name: 'value', value },
        { name: 'unit', value: of },
      ],
    }),
  )

const named = (type: string): object => ({ type: 'NamedTypeSpecifier', name: `${ELM}${type}` })
const tupleType = { type: 'TupleTypeSpecifier', element: ['a', 'b'].map((name) => ({ name, elementType: named('Integer') })) }
const cast: Make = (tie) => tie('Tuple').map((operand) => node('As', { operand, asTypeSpecifier: tupleType, strict: false }))

/** Rows by one of their columns and perhaps by the other: what has no order among itself is in none. */
const byColumns: Make = (tie) =>
  fc
    .tuple(tie('List<Tuple>'), fc.constantFrom(['a'], ['b'], ['b', 'a']), fc.constantFrom('asc', 'desc', 'ascending', 'descending'))
    .map(([expression, paths, direction]) =>
      node('Query', {
        source: [{ alias: 'A', expression }],
        relationship: [],
        let: [],
        sort: { by: paths.map((path) => ({ type: 'ByColumn', path, direction })) },
      }),
    )

/** Whole numbers and nulls in columns, so that an order is somebody's. */
const cell = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -3, max: 3 }).map((value) => literal('Integer', value)) },
  { weight: 1, arbitrary: fc.constant(nothing('Integer')) },
)
export const rows: Make = () =>
  fc
    .array(
      fc.tuple(cell, cell).map(([a, b]) =>
        node('Tuple', {
          element: [
            { name: 'a', value: a },
            { name: 'b', value: b },
          ],
        }),
      ),
      { maxLength: 5 },
    )
    .map((element) => node('List', { element }))

const replaced: Make = (tie) =>
  fc
    .tuple(tie('String'), fc.constantFrom('a', '[ab]+', '\\\\d', ' '), fc.constantFrom('', 'x', 'ab'))
    .map(([string, pattern, to]) => operands('ReplaceMatches', string, text(pattern), text(to)))

export const furtherMakers: Readonly<Record<string, readonly Make[]>> = {
  Boolean: [inUnit('CanConvertQuantity'), unary('ConvertsToDateTime ConvertsToTime', 'String'), spread('AllTrue AnyTrue', 'Boolean')],
  Integer: [
    endOf('Integer'),
    power('Integer'),
    spread('Product Mode', 'Integer'),
    message,
    (tie) => fc.tuple(tie('String'), tie('String')).map(([pattern, string]) => node('LastPositionOf', { pattern, string })),
  ],
  Long: [endOf('Long')],
  Decimal: [
    endOf('Decimal'),
    power('Decimal'),
    spread('Variance StdDev PopulationVariance PopulationStdDev', 'Decimal'),
    unary('TimezoneOffsetFrom', 'DateTime'),
  ],
  String: [replaced],
  Date: [endOf('Date'), now('Today')],
  DateTime: [endOf('DateTime'), now('Now'), unary('ToDateTime', 'String')],
  Time: [endOf('Time'), now('TimeOfDay'), unary('TimeFrom', 'DateTime'), unary('ToTime', 'String')],
  Quantity: [inUnit('ConvertQuantity'), instance],
  Tuple: [cast, unary('SingletonFrom', 'List<Tuple>'), (tie) => tie('List<Tuple>').map((source) => node('First', { source }))],
  'List<Tuple>': [byColumns],
}
