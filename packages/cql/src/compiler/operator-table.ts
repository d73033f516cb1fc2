import { listOf, system, unify, type StaticType } from '../elm/static-type.ts'
import { isLiteral, type Code } from './code.ts'

/** How a node becomes a call of one function of the runtime. */
export interface Operator {
  /** Names of the parts that are its arguments; `operand` spreads. */
  readonly parts: readonly string[]
  /** Function of the runtime; the node's name in camel case when absent. */
  readonly call?: string
  /** The function wants the evaluation's context first. */
  readonly context?: true
  /** The function wants the node's precision last. */
  readonly precision?: true
  /** The function moves items of lists about without looking at them. */
  readonly opaque?: true
  /** How many operands it takes; any number when absent. */
  readonly count?: number
  readonly type: (args: readonly Code[]) => StaticType
}

type Typing = Operator['type']

const always =
  (type: StaticType): Typing =>
  () =>
    type
const truth = always(system.boolean)
const known = (args: readonly Code[]): Code[] => args.filter((arg) => !isLiteral(arg, 'null') && arg.type !== system.any)
/** The type of the first operand that tells one. */
const first: Typing = (args) => known(args)[0]?.type ?? args.find((arg) => arg.type !== system.any)?.type ?? system.any
/** Numbers and quantities: what both become. */
const widest: Typing = (args) =>
  known(args)
    .map((arg) => arg.type)
    .reduce<StaticType>((a, b) => (a === system.any ? b : a), system.any)
const element: Typing = ([list]) => (list?.type.kind === 'list' ? list.type.element : system.any)
const flattened: Typing = ([list]) =>
  list?.type.kind === 'list' && list.type.element.kind === 'list' ? list.type.element : (list?.type ?? system.any)
const point: Typing = ([interval]) => (interval?.type.kind === 'interval' ? interval.type.point : system.any)
const list: Typing = (args) =>
  known(args).length === 0
    ? listOf(system.any)
    : known(args)
        .map((arg) => arg.type)
        .reduce(unify)
const setType: Typing = (args) => {
  const types = known(args).map((arg) => arg.type)
  if (types.length > 0 && types.every((type) => type.kind === 'list')) {
    return listOf(
      types
        .map((type) => (type.kind === 'list' ? type.element : type))
        .filter((type) => type !== system.any)
        .reduce<StaticType | null>((a, b) => (a ? unify(a, b) : b), null) ?? system.any,
    )
  }
  return first(args)
}

const unary = (type: Typing, more: Partial<Operator> = {}): Operator => ({ parts: ['operand'], type, ...more })
const binary = (type: Typing, more: Partial<Operator> = {}): Operator => unary(type, { count: 2, ...more })
const timing: Operator = binary(truth, { precision: true })
const aggregate = (type: Typing, more: Partial<Operator> = {}): Operator => ({ parts: ['source'], type, ...more })
const of = (parts: readonly string[], type: Typing, more: Partial<Operator> = {}): Operator => ({ parts, type, ...more })
const all = (names: string, operator: Operator): Record<string, Operator> =>
  Object.fromEntries(names.split(' ').map((name) => [name, operator]))

const number = always(system.decimal)
const text = always(system.string)
const whole = always(system.integer)

/** Every node that is one call, by its section of the CQL reference (CQL 1.5, Appendix B). */
export const operatorTable: Readonly<Record<string, Operator>> = {
  // Comparison
  ...all('Equal NotEqual Equivalent Less LessOrEqual Greater GreaterOrEqual', binary(truth)),
  // Arithmetic
  ...all('Abs Successor Predecessor', unary(first)),
  ...all('Add Subtract Multiply Divide Modulo TruncatedDivide Power', binary(widest)),
  ...all('Ceiling Floor Truncate', unary(whole)),
  ...all('Ln Exp Log', unary(number)),
  Round: of(['operand', 'precision'], number),
  ...all('HighBoundary LowBoundary', unary(first)),
  Precision: unary(whole),
  // Strings
  Concatenate: unary(text),
  Combine: of(['source', 'separator'], text),
  ...all('Upper Lower', unary(text)),
  ...all('StartsWith EndsWith Matches', binary(truth)),
  ReplaceMatches: unary(text, { count: 3 }),
  Split: of(['stringToSplit', 'separator'], always(listOf(system.string))),
  SplitOnMatches: of(['stringToSplit', 'separatorPattern'], always(listOf(system.string))),
  PositionOf: of(['pattern', 'string'], whole, { count: 2 }),
  LastPositionOf: of(['pattern', 'string'], whole, { count: 2 }),
  Substring: of(['stringToSub', 'startIndex', 'length'], text),
  ToChars: unary(always(listOf(system.string))),
  // Dates and times
  Now: of([], always(system.dateTime), { context: true }),
  Today: of([], always(system.date), { context: true }),
  TimeOfDay: of([], always(system.time), { context: true }),
  DateTime: of(['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond', 'timezoneOffset'], always(system.dateTime), {
    context: true,
  }),
  Date: of(['year', 'month', 'day'], always(system.date)),
  Time: of(['hour', 'minute', 'second', 'millisecond'], always(system.time)),
  DateFrom: unary(always(system.date), { context: true }),
  TimeFrom: unary(always(system.time), { context: true }),
  TimezoneOffsetFrom: unary(number),
  /** Its name before CQL 1.3. */
  TimezoneFrom: unary(number, { call: 'timezoneOffsetFrom' }),
  DateTimeComponentFrom: unary(whole, { precision: true }),
  ...all('DurationBetween DifferenceBetween', binary(whole, { precision: true })),
  CalculateAge: unary(whole, { precision: true, context: true }),
  CalculateAgeAt: binary(whole, { precision: true }),
  ...all('SameAs SameOrBefore SameOrAfter', timing),
  // Intervals and lists
  ...all('Before After Meets MeetsBefore MeetsAfter Overlaps OverlapsBefore OverlapsAfter Starts Ends', timing),
  In: { ...timing, call: 'elementIn' },
  ...all('Contains Includes IncludedIn ProperIncludes ProperIncludedIn ProperIn ProperContains', timing),
  ...all('Start End', unary(point)),
  PointFrom: unary(point),
  ...all('Width Size', unary(point)),
  Collapse: unary(first),
  Expand: unary((args) => (args[0]?.type.kind === 'interval' ? listOf(args[0].type.point) : first(args)), { call: 'expanded' }),
  ...all('Union Intersect Except', binary(setType)),
  Distinct: unary(first),
  Flatten: unary(flattened, { opaque: true }),
  SingletonFrom: unary(element, { opaque: true }),
  First: of(['source'], element, { opaque: true }),
  Last: of(['source'], element, { opaque: true }),
  IndexOf: of(['source', 'element'], whole),
  Slice: of(['source', 'startIndex', 'endIndex'], ([source]) => (source ? list([source]) : listOf(system.any)), { opaque: true }),
  // Aggregates
  Count: aggregate(whole, { opaque: true }),
  ...all('Min Max Mode', aggregate(element)),
  ...all('Sum Product', aggregate(element)),
  ...all(
    'Avg Median Variance StdDev PopulationVariance PopulationStdDev GeometricMean',
    aggregate((args) => (element(args) === system.quantity ? system.quantity : system.decimal)),
  ),
  ...all('AllTrue AnyTrue', aggregate(truth)),
  // Conversions
  ToBoolean: unary(always(system.boolean)),
  ToInteger: unary(whole),
  ToLong: unary(always(system.long)),
  ToDecimal: unary(number),
  ToString: unary(text, { call: 'toText', context: true }),
  ToDate: unary(always(system.date), { context: true }),
  ToDateTime: unary(always(system.dateTime), { context: true }),
  ToTime: unary(always(system.time)),
  ToQuantity: unary(always(system.quantity)),
  ToRatio: unary(always(system.ratio)),
  ToConcept: unary(always(system.concept)),
  ...all('ConvertsToBoolean ConvertsToDecimal ConvertsToInteger ConvertsToLong ConvertsToQuantity', unary(truth)),
  ...all('ConvertsToRatio ConvertsToTime CanConvertQuantity', unary(truth)),
  ConvertsToDate: unary(truth, { context: true }),
  ConvertsToDateTime: unary(truth, { context: true }),
  ConvertsToString: unary(truth, { call: 'convertsToText', context: true }),
  ConvertQuantity: binary(always(system.quantity)),
  Message: of(['source', 'condition', 'code', 'severity', 'message'], ([source]) => source?.type ?? system.any, { context: true }),
}
