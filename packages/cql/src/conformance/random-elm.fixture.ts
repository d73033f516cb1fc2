import fc from 'fast-check'
import { furtherMakers, rows } from './random-further.fixture.ts'
import { queryOfList, queryOfNumber } from './random-queries.fixture.ts'
import { collapse, collapsed, dateUnits, expand, short, sizeOf, spanned, timeUnits } from './random-spans.fixture.ts'
import { decimal, literal, maybe, node, nothing, operands, points, values, type Point } from './random-values.fixture.ts'

/** Random well-typed ELM of the System model, without records. */
export type ElmJson = Readonly<Record<string, unknown>> & { readonly type: string }

const precisionsOf: Record<string, readonly string[]> = { Date: dateUnits, DateTime: [...dateUnits, ...timeUnits], Time: timeUnits }
const precisionOf = (point: string): fc.Arbitrary<object> =>
  precisionsOf[point] ? fc.constantFrom({}, {}, ...precisionsOf[point].map((precision) => ({ precision }))) : fc.constant({})

type Tie = (type: string) => fc.Arbitrary<ElmJson>
type Make = (tie: Tie) => fc.Arbitrary<ElmJson>

const call =
  (names: string, ...types: string[]): Make =>
  (tie) =>
    fc.tuple(fc.constantFrom(...names.split(' ')), ...types.map(tie)).map(([name, ...args]) => operands(name, ...args))
const unary =
  (names: string, type: string): Make =>
  (tie) =>
    fc.tuple(fc.constantFrom(...names.split(' ')), tie(type)).map(([name, operand]) => node(name, { operand }))
const source =
  (names: string, type: string): Make =>
  (tie) =>
    fc.tuple(fc.constantFrom(...names.split(' ')), tie(type)).map(([name, list]) => node(name, { source: list }))
const timed =
  (names: string, point: Point, ...types: string[]): Make =>
  (tie) =>
    fc
      .tuple(fc.constantFrom(...names.split(' ')), precisionOf(point), ...types.map(tie))
      .map(([name, precision, ...args]) => ({ ...operands(name, ...args), ...precision }))

const relations =
  'Before After SameAs SameOrBefore SameOrAfter Overlaps OverlapsBefore OverlapsAfter Meets MeetsBefore MeetsAfter Starts Ends Includes IncludedIn'
const each = (make: (point: Point) => Make[]): Make[] => points.flatMap(make)

const commonMakers: Record<string, Make[]> = {
  Boolean: [
    call('And Or Xor Implies', 'Boolean', 'Boolean'),
    unary('Not IsNull IsTrue IsFalse', 'Boolean'),
    ...each((point) => [
      call('Equal NotEqual Equivalent Less LessOrEqual Greater GreaterOrEqual', point, point),
      call('Equal Equivalent', `Interval<${point}>`, `Interval<${point}>`),
      timed(relations, point, `Interval<${point}>`, `Interval<${point}>`),
      timed('In', point, point, `Interval<${point}>`),
      timed('Contains', point, `Interval<${point}>`, point),
      timed('ProperIn', point, point, `Interval<${point}>`),
      timed('ProperContains', point, `Interval<${point}>`, point),
    ]),
    call('In ProperIn Before After SameOrBefore SameOrAfter', 'Age', 'Ages'),
    call('Contains ProperContains Includes', 'Ages', 'Age'),
    call(relations, 'Ages', 'Ages'),
    ...(['Date', 'DateTime', 'Time'] as const).map((point) => timed('Before After SameAs SameOrBefore SameOrAfter', point, point, point)),
    call('Equal Equivalent Less LessOrEqual', 'String', 'String'),
    call('Equal Equivalent', 'List<Integer>', 'List<Integer>'),
    call('Equal Equivalent', 'List<String>', 'List<String>'),
    call('Includes IncludedIn ProperIncludes ProperIncludedIn', 'List<Integer>', 'List<Integer>'),
    call('In', 'Integer', 'List<Integer>'),
    call('Contains', 'List<String>', 'String'),
    call('ProperContains', 'List<Integer>', 'Integer'),
    call('ProperIn', 'Integer', 'List<Integer>'),
    unary('Exists', 'List<Integer>'),
    (tie) =>
      fc
        .tuple(
          tie('String'),
          fc.constantFrom('a', '[ab]+', '\\\\d+', '.*b', '(a|A).?', '-?[0-9]', '').map((pattern) => literal('String', pattern)),
        )
        .map(([text, pattern]) => operands('Matches', text, pattern)),
    call('Equal Equivalent', 'Tuple', 'Tuple'),
    call('StartsWith EndsWith', 'String', 'String'),
    unary('ConvertsToInteger ConvertsToDecimal ConvertsToBoolean ConvertsToDate', 'String'),
    unary('ToBoolean', 'String'),
  ],
  Integer: [
    call('Add Subtract Multiply TruncatedDivide Modulo', 'Integer', 'Integer'),
    unary('Negate Abs Successor Predecessor', 'Integer'),
    unary('Ceiling Floor Truncate', 'Decimal'),
    unary('Start End Width', 'Interval<Integer>'),
    source('Count Min Max Sum First Last', 'List<Integer>'),
    unary('Length', 'String'),
    unary('Length', 'List<Integer>'),
    unary('ToInteger', 'String'),
    (tie) =>
      fc
        .tuple(fc.constantFrom(...dateUnits), tie('Date'))
        .map(([precision, operand]) => node('DateTimeComponentFrom', { precision, operand })),
    (tie) =>
      fc
        .tuple(fc.constantFrom(...dateUnits, ...timeUnits), tie('DateTime'))
        .map(([precision, operand]) => node('DateTimeComponentFrom', { precision, operand })),
    (tie) =>
      fc
        .tuple(fc.constantFrom('DurationBetween', 'DifferenceBetween'), fc.constantFrom(...dateUnits, 'Week'), tie('Date'), tie('Date'))
        .map(([name, precision, left, right]) => ({ ...operands(name, left, right), precision })),
    (tie) =>
      fc
        .tuple(
          fc.constantFrom('DurationBetween', 'DifferenceBetween'),
          fc.constantFrom(...dateUnits, ...timeUnits, 'Week'),
          tie('DateTime'),
          tie('DateTime'),
        )
        .map(([name, precision, left, right]) => ({ ...operands(name, left, right), precision })),
    (tie) => fc.tuple(tie('String'), tie('String')).map(([pattern, string]) => node('PositionOf', { pattern, string })),
    (tie) => fc.tuple(tie('List<Integer>'), tie('Integer')).map(([list, element]) => node('IndexOf', { source: list, element })),
    (tie) => fc.tuple(tie('List<Integer>'), tie('Integer')).map(([list, index]) => operands('Indexer', list, index)),
    (tie) =>
      fc
        .tuple(tie('Boolean'), tie('Integer'), tie('Integer'))
        .map(([condition, then, otherwise]) => node('If', { condition, then, else: otherwise })),
    call('Coalesce', 'Integer', 'Integer'),
    (tie) =>
      fc
        .tuple(tie('Boolean'), tie('Integer'), tie('Boolean'), tie('Integer'), tie('Integer'))
        .map(([when, then, orWhen, orThen, otherwise]) =>
          node('Case', {
            caseItem: [
              { when, then },
              { when: orWhen, then: orThen },
            ],
            else: otherwise,
          }),
        ),
    (tie) =>
      fc
        .tuple(tie('Integer'), tie('Integer'), tie('Integer'), tie('Integer'))
        .map(([comparand, when, then, otherwise]) => node('Case', { comparand, caseItem: [{ when, then }], else: otherwise })),
    (tie) => fc.tuple(tie('Tuple'), fc.constantFrom('a', 'b')).map(([source, path]) => node('Property', { source, path })),
    queryOfNumber,
  ],
  Long: [
    call('Add Subtract Multiply TruncatedDivide Modulo', 'Long', 'Long'),
    unary('Negate Abs Successor Predecessor', 'Long'),
    unary('ToLong', 'Integer'),
    unary('ToLong', 'String'),
    unary('Start End Width', 'Interval<Long>'),
    source('Min Max Sum', 'List<Long>'),
  ],
  Decimal: [
    call('Add Subtract Multiply Divide Modulo TruncatedDivide', 'Decimal', 'Decimal'),
    unary('Negate Abs', 'Decimal'),
    unary('ToDecimal', 'Integer'),
    unary('ToDecimal', 'Long'),
    unary('ToDecimal', 'String'),
    unary('Start End', 'Interval<Decimal>'),
    (tie) =>
      fc
        .tuple(tie('Decimal'), fc.integer({ min: 0, max: 3 }))
        .map(([operand, digits]) => node('Round', { operand, precision: literal('Integer', digits) })),
    source('Avg Sum Median Min Max', 'List<Decimal>'),
  ],
  String: [
    call('Concatenate', 'String', 'String'),
    unary('Upper Lower', 'String'),
    unary('ToString', 'Integer'),
    unary('ToString', 'Long'),
    unary('ToString', 'Boolean'),
    unary('ToString', 'Date'),
    (tie) =>
      fc
        .tuple(tie('String'), tie('Integer'), tie('Integer'))
        .map(([text, start, length]) => node('Substring', { stringToSub: text, startIndex: start, length })),
    (tie) => fc.tuple(tie('List<String>'), tie('String')).map(([list, separator]) => node('Combine', { source: list, separator })),
  ],
  Date: [
    call('Add Subtract', 'Date', 'DayDuration'),
    unary('DateFrom', 'DateTime'),
    unary('ToDate', 'String'),
    unary('ToDate', 'DateTime'),
    unary('Start End', 'Interval<Date>'),
    unary('Successor Predecessor', 'Date'),
  ],
  DateTime: [
    call('Add Subtract', 'DateTime', 'Duration'),
    unary('ToDateTime', 'Date'),
    unary('Start End', 'Interval<DateTime>'),
    unary('Successor Predecessor', 'DateTime'),
  ],
  Time: [unary('Start End', 'Interval<Time>'), unary('Successor Predecessor', 'Time')],
  Quantity: [
    call('Add Subtract', 'Quantity', 'Quantity'),
    unary('Negate Abs', 'Quantity'),
    unary('ToQuantity', 'Decimal'),
    unary('Start End', 'Interval<Quantity>'),
  ],
  ...Object.fromEntries(
    points.map((point) => [`Interval<${point}>`, [call('Union Intersect Except', `Interval<${point}>`, `Interval<${point}>`)]]),
  ),
  Tuple: [
    (tie) =>
      fc
        .tuple(tie('Boolean'), tie('Tuple'), tie('Tuple'))
        .map(([condition, then, otherwise]) => node('If', { condition, then, else: otherwise })),
  ],
  'List<Integer>': [
    call('Union Intersect Except', 'List<Integer>', 'List<Integer>'),
    unary('Distinct', 'List<Integer>'),
    (tie) => tie('List<List>').map((operand) => node('Flatten', { operand })),
    queryOfList,
    (tie) =>
      fc
        .tuple(tie('List<Integer>'), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4 }))
        .map(([list, from, to]) => node('Slice', { source: list, startIndex: literal('Integer', from), endIndex: literal('Integer', to) })),
  ],
  ...Object.fromEntries(
    collapsed.map((point) => [`List<Interval<${point}>>`, [collapse(point), ...(spanned.has(point) ? [expand(point)] : [])]]),
  ),
  'List<String>': [
    call('Union Intersect Except', 'List<String>', 'List<String>'),
    unary('Distinct', 'List<String>'),
    (tie) => fc.tuple(tie('String'), tie('String')).map(([text, separator]) => node('Split', { stringToSplit: text, separator })),
  ],
}

const makers = Object.fromEntries(
  [...new Set([...Object.keys(commonMakers), ...Object.keys(furtherMakers)])].map((type) => [
    type,
    [...(commonMakers[type] ?? []), ...(furtherMakers[type] ?? [])],
  ]),
)

/** Both boundaries of a quantity interval are in one unit, which one of them tells, and none ends before it starts. */
function interval(point: Point): fc.Arbitrary<ElmJson> {
  const value: fc.Arbitrary<ElmJson> =
    point === 'Quantity' ? decimal.map((digits) => node('Quantity', { value: Number(digits), unit: 'mg' })) : values[point]!
  const bound = fc.oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: fc.constant(nothing(point)) })
  return fc.tuple(bound, point === 'Quantity' ? value : bound, fc.boolean(), fc.boolean()).map(([one, other, lowClosed, highClosed]) => {
    const [low, high] = sizeOf(one) > sizeOf(other) ? [other, one] : [one, other]
    return node('Interval', { low, high, lowClosed, highClosed })
  })
}

/** From one age to another; small numbers are often where an age may end. */
function ages(tie: Tie): fc.Arbitrary<ElmJson> {
  const bound = fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 7 }).map((value) => literal('Integer', value)) },
    { weight: 1, arbitrary: tie('Age') },
  )
  return fc.tuple(bound, bound, fc.boolean(), fc.boolean()).map(([one, other, lowClosed, highClosed]) => {
    const [low, high] = Number(one.value) > Number(other.value) ? [other, one] : [one, other]
    return node('Interval', { low, high, lowClosed, highClosed })
  })
}

const list = (element: string, tie: Tie): fc.Arbitrary<ElmJson> =>
  fc.array(tie(element), { maxLength: 4 }).map((elements) => node('List', { element: elements }))

const leaves: Record<string, (tie: Tie) => fc.Arbitrary<ElmJson>> = {
  ...Object.fromEntries(Object.entries(values).map(([type, value]) => [type, () => value])),
  ...Object.fromEntries(points.map((point) => [`Interval<${point}>`, () => interval(point)])),
  Ages: ages,
  'List<Integer>': (tie) => list('Integer', tie),
  'List<Boolean>': (tie) => list('Boolean', tie),
  'List<Decimal>': (tie) => list('Decimal', tie),
  'List<Long>': (tie) => list('Long', tie),
  ...Object.fromEntries(collapsed.map((point) => [`List<Interval<${point}>>`, (tie: Tie) => list(`Interval<${point}>`, tie)])),
  ...Object.fromEntries([...spanned, 'Day'].map((point) => [`Short<${point}>`, () => short(point as Point | 'Day')])),
  'List<String>': (tie) => list('String', tie),
  'List<Tuple>': rows,
  Tuple: (tie) =>
    fc.tuple(tie('Integer'), tie('Integer')).map(([a, b]) =>
      node('Tuple', {
        element: [
          { name: 'a', value: a },
          { name: 'b', value: b },
        ],
      }),
    ),
  'List<List>': (tie) => fc.array(tie('List<Integer>'), { maxLength: 3 }).map((elements) => node('List', { element: elements })),
}

const trees = fc.letrec<Record<string, ElmJson>>((tie) =>
  Object.fromEntries(
    Object.entries(leaves).map(([type, leaf]) => {
      const inner = (makers[type] ?? []).map((make) => make(tie as Tie))
      const plain =
        type === 'Tuple' || type === 'List<Tuple>'
          ? leaf(tie as Tie)
          : maybe(
              type === 'Duration' || type === 'DayDuration'
                ? 'Quantity'
                : type
                    .replace('List<List>', 'List<Integer>')
                    .replace('Short', 'Interval')
                    .replace('Day', 'Date')
                    .replace(/^Age$/, 'Integer')
                    .replace('Ages', 'Interval<Integer>'),
              leaf(tie as Tie),
            )
      return [type, inner.length === 0 ? plain : fc.oneof({ maxDepth: 3, depthSize: 'small', withCrossShrink: true }, plain, ...inner)]
    }),
  ),
)

/** Expressions of any type that has operators. */
export const randomElm: fc.Arbitrary<ElmJson> = fc.oneof(...Object.keys(makers).map((type) => trees[type]!))
