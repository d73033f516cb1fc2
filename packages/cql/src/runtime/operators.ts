/**
 * Operators of CQL's System model, named by their ELM node. Null in gives null out unless the specification says otherwise; each has
 * its section where it is defined. Compiled code that knows its types calls the narrower ones.
 */
export { calculateAge, calculateAgeAt } from './age.ts'
export {
  allTrue,
  anyTrue,
  avg,
  count,
  geometricMean,
  max,
  median,
  min,
  mode,
  populationStdDev,
  populationVariance,
  product,
  stdDev,
  sum,
  variance,
} from './aggregates.ts'
export { abs, add, divide, modulo, multiply, negate, subtract, truncatedDivide } from './arithmetic.ts'
export { highBoundary, lowBoundary, precision } from './boundaries.ts'
export { children, descendents } from './children.ts'
export {
  conceptCodes,
  convertsToBoolean,
  convertsToDate,
  convertsToDateTime,
  convertsToDecimal,
  convertsToInteger,
  convertsToLong,
  convertsToQuantity,
  convertsToRatio,
  convertsToText,
  convertsToTime,
  toBoolean,
  toConcept,
  toDate,
  toDateTime,
  toDecimal,
  toInteger,
  toLong,
  toQuantity,
  toRatio,
  toText,
  toTime,
} from './conversion.ts'
export { equal, notEqual } from './equality.ts'
export { equivalent, notEquivalent } from './equivalence.ts'
export {
  contains,
  elementIn,
  except,
  includedIn,
  includes,
  intersect,
  properContains,
  properIn,
  properIncludedIn,
  properIncludes,
  union,
} from './includes.ts'
export { checkedInterval, end, start } from './interval-bounds.ts'
export { collapse, expand, expandInterval } from './interval-lists.ts'
export {
  after,
  before,
  ends,
  inInterval,
  intervalIncludes,
  intervalProperlyIncludes,
  meets,
  meetsAfter,
  meetsBefore,
  overlaps,
  overlapsAfter,
  overlapsBefore,
  properlyInInterval,
  sameAs,
  sameOrAfter,
  sameOrBefore,
  starts,
} from './interval-relations.ts'
export { exceptInterval, intersectIntervals, unionOfIntervals } from './interval-sets.ts'
export { pointFrom, size, width } from './interval-size.ts'
export { distinct, exceptList, intersectLists, unionOfLists } from './list-sets.ts'
export {
  elementAt,
  exists,
  first,
  flatten,
  inList,
  indexOf,
  last,
  listIncludes,
  listLength,
  listProperlyIncludes,
  properlyInList,
  singletonFrom,
  skip,
  slice,
  tail,
  take,
  toList,
} from './list.ts'
export { and, coalesce, implies, isFalse, isNull, isTrue, not, or, xor } from './logic.ts'
export { message } from './message.ts'
export { between, greater, greaterOrEqual, less, lessOrEqual } from './order.ts'
export { maxValue, minValue, predecessor, successor } from './point.ts'
export { canConvertQuantity, convertQuantity } from './quantity-conversion.ts'
export { exp, ln, log, power } from './real-functions.ts'
export { matches, replaceMatches, splitOnMatches } from './regular-expression.ts'
export { ceiling, floor, round, truncate } from './rounding.ts'
export { sortOrder } from './sort-order.ts'
export { differenceBetween, durationBetween } from './temporal-difference.ts'
export {
  date,
  dateFrom,
  dateTime,
  dateTimeComponentFrom,
  now,
  time,
  timeFrom,
  timeOfDay,
  timezoneOffsetFrom,
  today,
} from './temporal-parts.ts'
export { parseDate, parseDateTime, parseTime } from './temporal-text.ts'
export {
  characterAt,
  combine,
  concatenate,
  endsWith,
  lastPositionOf,
  lower,
  positionOf,
  split,
  startsWith,
  substring,
  textLength,
  upper,
} from './text.ts'
export { isIntervalOf, isListOf, isTuple, systemTypeTest } from './types.ts'
