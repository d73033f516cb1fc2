import type { ElmJson } from './random-elm.fixture.ts'

const ELM = '{urn:hl7-org:elm-types:r1}'
const node = (type: string, parts: Readonly<Record<string, unknown>> = {}): ElmJson => ({ type, ...parts })
const integer = (value: number): ElmJson => node('Literal', { valueType: `${ELM}Integer`, value: String(value) })
const text = (value: string): ElmJson => node('Literal', { valueType: `${ELM}String`, value })
const truth = (value: boolean): ElmJson => node('Literal', { valueType: `${ELM}Boolean`, value: String(value) })
const list = (...element: ElmJson[]): ElmJson => node('List', { element })
const numbers = list(integer(3), integer(1), integer(2))
const date = (year: number, month: number, day: number): ElmJson =>
  node('Date', { year: integer(year), month: integer(month), day: integer(day) })
const days = (from: number, to: number): ElmJson =>
  node('Interval', { low: date(2026, 1, from), high: date(2026, 1, to), lowClosed: true, highClosed: true })
const quantity = (value: number, unit: string): ElmJson => node('Quantity', { value, unit })
const code = node('Code', { code: 'a', system: { name: 'System' }, display: 'A' })
const names = (type: string): object => ({ type: 'NamedTypeSpecifier', name: `${ELM}${type}` })
const tupleType = { type: 'TupleTypeSpecifier', element: [{ name: 'n', elementType: names('Integer') }] }
const of = (name: string): ElmJson => node('AliasRef', { name })
const whole = node('Query', {
  source: [{ alias: 'n', expression: numbers }],
  let: [{ identifier: 'm', expression: of('n') }],
  relationship: [],
  return: { expression: node('QueryLetRef', { name: 'm' }) },
})
const ofPatient = (...path: string[]): ElmJson =>
  path.reduce((source, name) => node('Property', { path: name, source }), node('ExpressionRef', { name: 'Patient' }))
const extensionTold = '{{"url":"http://x.example","valueCode":"unknown"}}'
/** As the translator makes an interval of dates one of times, of a parameter that is null. */
const noDates = node('As', {
  operand: node('Null'),
  asTypeSpecifier: { type: 'IntervalTypeSpecifier', pointType: names('Date') },
})
const partOf = (path: string): ElmJson => node('Property', { path, source: noDates })
const noTimes = node('Interval', {
  low: node('ToDateTime', { operand: partOf('low') }),
  high: node('ToDateTime', { operand: partOf('high') }),
  lowClosedExpression: partOf('lowClosed'),
  highClosedExpression: partOf('highClosed'),
})
const encounters = (parts: object = {}): ElmJson => node('Retrieve', { dataType: '{http://hl7.org/fhir}Encounter', ...parts })

/** Nodes of ELM and what they give, as texts of engine-values, for a chart of two encounters. */
export const examples: readonly (readonly [node: string, elm: ElmJson, expected: string])[] = [
  ['Code', code, 'Code "a" "http://codes.example"'],
  ['Concept', node('Concept', { code: [{ code: 'a', system: { name: 'System' } }] }), 'Concept {Code "a" "http://codes.example"}'],
  ['AnyInValueSet', node('AnyInValueSet', { codes: list(code), valueset: { name: 'First' } }), 'true'],
  ['ValueSetRef', node('InValueSet', { code, valuesetExpression: node('ValueSetRef', { name: 'Second', preserve: true }) }), 'false'],
  ['Concatenate', node('Concatenate', { operand: [text('a'), text('b')] }), '"ab"'],
  [
    'ListTypeSpecifier',
    node('As', { operand: numbers, asTypeSpecifier: { type: 'ListTypeSpecifier', elementType: names('Integer') } }),
    '{3, 1, 2}',
  ],
  [
    'TupleTypeSpecifier',
    node('As', { operand: node('Tuple', { element: [{ name: 'n', value: integer(1) }] }), asTypeSpecifier: tupleType }),
    'Tuple{n: 1}',
  ],
  [
    'ChoiceTypeSpecifier',
    node('As', { operand: integer(1), asTypeSpecifier: { type: 'ChoiceTypeSpecifier', choice: [names('Integer'), names('String')] } }),
    '1',
  ],
  [
    'Instance',
    node('Instance', {
      classType: `${ELM}Quantity`,
      element: [
        { name: 'value', value: node('Literal', { valueType: `${ELM}Decimal`, value: '1.5' }) },
        { name: 'unit', value: text('mg') },
      ],
    }),
    "1.5 'mg'",
  ],
  ['Message', node('Message', { source: integer(1), condition: truth(false), severity: text('Error'), message: text('no') }), '1'],
  ['Split', node('Split', { stringToSplit: text('a/b'), separator: text('/') }), '{"a", "b"}'],
  ['ConvertQuantity', node('ConvertQuantity', { operand: [quantity(1, 'g'), text('mg')] }), "1000 'mg'"],
  ['ToQuantity', node('ToQuantity', { operand: text("1 'mg'") }), "1 'mg'"],
  ['MinValue', node('MinValue', { valueType: `${ELM}Integer` }), '-2147483648'],
  ['MaxValue', node('MaxValue', { valueType: `${ELM}Integer` }), '2147483647'],
  ['Flatten', node('Flatten', { operand: list(numbers, list(integer(3))) }), '{3, 1, 2, 3}'],
  [
    'Collapse',
    node('Collapse', { operand: [list(days(1, 3), days(3, 5)), node('As', { operand: node('Null'), asType: `${ELM}Quantity` })] }),
    '{[Date 2026-1-1, Date 2026-1-5]}',
  ],
  ['Expand', node('Expand', { operand: [days(1, 2), quantity(1, 'day')] }), '{Date 2026-1-1, Date 2026-1-2}'],
  ['TruncatedDivide', node('TruncatedDivide', { operand: [integer(7), integer(2)] }), '3'],
  ['Power', node('Power', { operand: [integer(2), integer(3)] }), '8'],
  ['Distinct', node('Distinct', { operand: list(integer(1), integer(1)) }), '{1}'],
  ['Indexer', node('Indexer', { operand: [numbers, integer(1)] }), '1'],
  [
    'ByColumn',
    node('Query', {
      source: [
        {
          alias: 't',
          expression: list(
            node('Tuple', { element: [{ name: 'n', value: integer(2) }] }),
            node('Tuple', { element: [{ name: 'n', value: integer(1) }] }),
          ),
        },
      ],
      relationship: [],
      sort: { by: [{ type: 'ByColumn', path: 'n', direction: 'asc' }] },
    }),
    '{Tuple{n: 1}, Tuple{n: 2}}',
  ],
  [
    'ByDirection',
    node('Query', {
      source: [{ alias: 'n', expression: numbers }],
      relationship: [],
      sort: { by: [{ type: 'ByDirection', direction: 'desc' }] },
    }),
    '{3, 2, 1}',
  ],
  ['QueryLetRef', whole, '{3, 1, 2}'],
  [
    'Filter',
    node('Filter', { source: numbers, scope: 'n', condition: node('Greater', { operand: [node('Current', { scope: 'n' }), integer(1)] }) }),
    '{3, 2}',
  ],
  [
    'ForEach',
    node('ForEach', { source: numbers, scope: 'n', element: node('Add', { operand: [node('Current', { scope: 'n' }), integer(1)] }) }),
    '{4, 2, 3}',
  ],
  ['Sort', node('Sort', { source: numbers, by: [{ type: 'ByDirection', direction: 'asc' }] }), '{1, 2, 3}'],
  [
    'Aggregate',
    node('Aggregate', {
      source: numbers,
      initialValue: integer(0),
      iteration: node('Add', { operand: [node('Total'), node('Iteration')] }),
    }),
    '6',
  ],
  // Nobody knows its boundaries: a null is no interval of all times (Author's Guide, Implicit Conversions: of null null).
  ['Interval of a null one', noTimes, '(null, null)'],
  ['Overlaps with a null one', node('Overlaps', { operand: [noTimes, node('ParameterRef', { name: 'Measurement Period' })] }), 'null'],
  ['Property of the extension of a primitive', ofPatient('birthDate', 'extension'), extensionTold],
  ['Property of the extension of a primitive without value', ofPatient('gender', 'extension'), extensionTold],
  ['Property of the extension of one of a choice', ofPatient('deceased', 'extension'), extensionTold],
  [
    'Property of the extension of a choice taken as one',
    node('Property', {
      path: 'extension',
      source: node('As', { operand: ofPatient('deceased'), asType: '{http://hl7.org/fhir}dateTime' }),
    }),
    extensionTold,
  ],
  ['Property of the id of a primitive', ofPatient('birthDate', 'id'), '"b"'],
  ['Property of the extension of a primitive that has none', ofPatient('active', 'extension'), 'null'],
  ['Retrieve', encounters(), '{Encounter/one, Encounter/two}'],
  [
    'Retrieve by dateRange',
    encounters({ dateProperty: 'period', dateRange: node('ParameterRef', { name: 'Measurement Period' }) }),
    '{Encounter/one}',
  ],
  [
    'Retrieve by dateFilter',
    encounters({
      dateFilter: [
        { lowProperty: 'period.start', highProperty: 'period.end', value: node('ParameterRef', { name: 'Measurement Period' }) },
      ],
    }),
    '{Encounter/one}',
  ],
  ['Retrieve by codeFilter', encounters({ codeFilter: [{ property: 'type', comparator: 'in', value: list(code) }] }), '{Encounter/two}'],
  ['Retrieve by id', encounters({ id: text('two') }), '{Encounter/two}'],
]

const unknown = { url: 'http://x.example', valueCode: 'unknown' }
export const examplesChart = [
  {
    ...{ resourceType: 'Patient', id: 'p', active: true, birthDate: '1970-01-01', deceasedDateTime: '2026-05-01' },
    _birthDate: { id: 'b', extension: [unknown] },
    _gender: { extension: [unknown] },
    _deceasedDateTime: { extension: [unknown] },
  },
  { resourceType: 'Encounter', id: 'one', period: { start: '2026-03-01', end: '2026-03-02' } },
  {
    resourceType: 'Encounter',
    id: 'two',
    type: [{ coding: [{ system: 'http://codes.example', code: 'a' }] }],
    period: { start: '2025-12-31', end: '2026-03-02' },
  },
]

/** The 106 node types of 72 official measures. */
export const officialNodes = `
NamedTypeSpecifier Property FunctionRef IntervalTypeSpecifier As ExpressionRef ChoiceTypeSpecifier Literal Retrieve Query AliasRef ValueSetRef Is And
OperandRef Union Start In FunctionDef Or CodeRef Not IsNull Equal Null Quantity Interval Case ParameterRef List SingletonFrom Tuple Coalesce If
Concatenate Instance Message End ToDateTime Add Equivalent Exists ToConcept ListTypeSpecifier DateFrom CalculateAgeAt With GreaterOrEqual Subtract ToList
Implies Last IncludedIn QueryLetRef InValueSet Split Overlaps IdentifierRef ByExpression SameOrBefore AnyInValueSet First Count ToDecimal Multiply Less
Divide Before ConvertQuantity MinValue SameAs Greater Flatten DifferenceBetween LessOrEqual MaxValue ByDirection OverlapsBefore SameOrAfter Intersect
Collapse ByColumn DateTimeComponentFrom Contains OverlapsAfter After ToQuantity DurationBetween Min DateTime Max Except Without Sum TupleTypeSpecifier
Date IsTrue TruncatedDivide Power Distinct Negate AnyTrue IsFalse Includes Indexer Expand`
  .trim()
  .split(/\s+/)

/** Nodes that compile and that nothing random is made of, by the reason; all others are held against cql-execution or a second computation. */
export const neverRandom: Readonly<Record<string, string>> = {
  'cql-execution computes them with doubles, and a second computation to the last of 28 digits would be the runtime again: published tests':
    'Ln Exp Log GeometricMean',
  'cql-execution has not all of them, or for other types: published tests':
    'HighBoundary LowBoundary Precision Size PointFrom ToChars SplitOnMatches Ratio ToRatio ConvertsToRatio ConvertsToLong ConvertsToQuantity ConvertsToString Convert CanConvert Children Descendents',
  'no translator writes them any more, or yet: examples here, and older names of nodes that are random':
    'Filter ForEach Sort Aggregate Current Iteration Total TimezoneFrom Descendants',
  'a code or code system by itself, and what asks a terminology: examples here and tests of value sets':
    'Code CodeSystemRef ExpandValueSet InCodeSystem AnyInCodeSystem',
  'the age today, of which CalculateAgeAt is the random one': 'CalculateAge',
}
