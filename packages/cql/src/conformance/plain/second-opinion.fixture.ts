import type { Comparison } from '../both-engines.fixture.ts'
import { difference, duration, moved } from './plain-date.fixture.ts'
import { and, endPoint, relations, setOf, startPoint, type Truth } from './plain-interval.fixture.ts'
import { equal, equivalent, extreme, inList, mostFrequent, properlyInList, setOfLists } from './plain-list.fixture.ts'
import { aggregated, calculated, multiplied, ofOne, raised, rounded, spreadOf } from './plain-number.fixture.ts'
import { converted, endOfType, inUtc, isLess, neighbour, NoOpinion, Refusal, order, Undecided } from './plain-point.fixture.ts'
import { isOfValues, literalOf, queried, sortedQuery } from './plain-query.fixture.ts'
import { collapsed, expanded } from './plain-spans.fixture.ts'
import { combined, dateOf, numberOf, split, substring } from './plain-text.fixture.ts'
import { textOf } from './plain-words.fixture.ts'
import { integer, isKind, isList, ONE, type Moment, type Plain, type Span } from './plain-value.fixture.ts'

/**
 * What the specification has an operator answer for these operands, computed slowly and without the runtime: the answer as a text, null
 * for an error; none where this folder has no opinion, and two where the type of a null would have to tell. One
 * case an operator, hence the length of this file.
 */
export function secondOpinion({ elm, values }: Pick<Comparison, 'elm' | 'values'>): readonly (string | null)[] {
  try {
    const found = answers(elm, values).map(textOf)
    return found.length > 0 && mayFail(elm, values) ? [...found, null] : found
  } catch (error) {
    if (error instanceof NoOpinion) return []
    if (error instanceof Refusal) return [null]
    throw error
  }
}

/** What no clause decides, where that is why there is no second opinion. */
export function undecided({ elm, values }: Pick<Comparison, 'elm' | 'values'>): string | undefined {
  try {
    answers(elm, values)
  } catch (error) {
    if (error instanceof Undecided) return error.message
  }
  return undefined
}

/** Whether an answer of ours is another than the second opinion's, where there is one. */
export function isContradicted(answer: Comparison): boolean {
  const found = secondOpinion(answer)
  return found.length > 0 && !found.includes(answer.ours)
}

type Elm = Comparison['elm']
const UNKNOWN = undefined

function answers(elm: Elm, values: Comparison['values']): readonly Plain[] {
  const decided = { And: false, Or: true, Implies: false }[elm.type]
  if (decided !== undefined && values.includes(UNKNOWN)) return decidedByOne(elm.type, values)
  if (elm.type === 'Query') return [isOfValues(elm, values) ? queried(elm, values, answers) : sortedQuery(elm, values)]
  if (elm.type === 'Literal') return [literalOf(elm)]
  if (values.includes(UNKNOWN) && /^(?:Proper(?:In|Contains)|ToLong)$/.test(elm.type)) throw new Refusal('An operand failed.')
  if (values.includes(UNKNOWN)) throw new NoOpinion('An operand that failed or is not known.')
  const known = values as readonly Plain[]
  const [left = null, right = null] = known
  const all = [left, right]
  if (elm.type === 'Interval') return [selected(elm, left, right)]
  if (/^(?:In|Contains|IncludedIn|Includes|ProperIn|ProperContains|ProperIncludes|ProperIncludedIn)$/.test(elm.type))
    return membership(elm, left, right)
  if (elm.type === 'Union' && left === null && right === null) return [null, []]
  const relation = relations[elm.type]
  if (relation) return [all.includes(null) ? null : relation(left, right, precisionOf(elm))]
  return [single(elm, known, left, right)]
}

/** Nothing says that the operand which decides is asked first. */
const mayFail = ({ type }: Elm, [left]: Comparison['values']): boolean => /^(?:And|Or|Implies)$/.test(type) && left === UNKNOWN

/** Author's Guide, Logical Operators: false and, true or, false implies decide alone; so does implies what is true. */
function decidedByOne(type: string, values: Comparison['values']): readonly Plain[] {
  const [left, right] = values
  if (type === 'And') return left === false || right === false ? [false] : []
  if (type === 'Or') return left === true || right === true ? [true] : []
  return left === false || right === true ? [true] : []
}

const precisionOf = (elm: Elm): string | undefined => (typeof elm.precision === 'string' ? elm.precision : undefined)

/** Author's Guide, Interval Values: what is written to end before it starts, or to hold nothing, is an error; what is computed stays as it is. */
function selected({ low: from, high: to, lowClosed, highClosed }: Elm, low: Plain, high: Plain): Plain {
  if ([from, to].some((bound) => (bound as Elm).type === 'DurationBetween')) throw new NoOpinion('An interval of computed boundaries.')
  const closed = lowClosed !== false && highClosed !== false
  if (low !== null && high !== null) {
    const found = order(low, high)
    const whole = isKind(low, 'number') && isKind(high, 'number') && low.type !== 'Decimal'
    const between = whole && lowClosed === false && highClosed === false && high.units - low.units === ONE
    if ((found !== null && found > 0) || (found === 0 && !closed) || between) throw new Refusal('Holds nothing.')
  }
  throw new NoOpinion('An interval that holds something.')
}

/** Reference, In and the like: in no list nothing is; with other nulls the answer is null or false. */
function membership(elm: Elm, left: Plain, right: Plain): readonly Plain[] {
  const turned = /In$/.test(elm.type)
  const [whole, part] = turned ? [right, left] : [left, right]
  const one = !/Inclu/.test(elm.type)
  if (whole === null) return one ? [false, ...(part === null || elm.type.startsWith('Proper') ? [null] : [])] : [null]
  if (isKind(whole, 'span')) return [part === null ? null : relations[elm.type]!(left, right, precisionOf(elm))]
  if (!isList(whole)) throw new NoOpinion(elm.type)
  if (part === null && !one) return [null]
  if (!isList(part)) return [elm.type.startsWith('Proper') ? properlyInList(part, whole) : inList(part, whole)]
  const each = and(...part.map((element) => inList(element, whole)))
  return [elm.type.startsWith('Proper') && whole.length <= part.length ? false : each]
}

function single(elm: Elm, values: readonly Plain[], left: Plain, right: Plain): Plain {
  const both = left !== null && right !== null
  switch (elm.type) {
    case 'Add':
    case 'Subtract':
      if (!both) return null
      return isKind(left, 'moment') && isKind(right, 'amount')
        ? moved(left, right, elm.type === 'Add' ? 1 : -1)
        : calculated(elm.type, left, right)
    case 'Multiply':
    case 'Divide':
    case 'TruncatedDivide':
    case 'Modulo':
      return both ? calculated(elm.type, left, right) : null
    case 'Negate':
    case 'Abs':
    case 'Floor':
    case 'Ceiling':
    case 'Truncate':
      return left === null ? null : ofOne(elm.type, left)
    case 'Round':
      return left === null ? null : rounded(left, isKind(right, 'number') ? Number(right.units / ONE) : 0)
    case 'Sum':
    case 'Avg':
    case 'Median':
      return isList(left) ? aggregated(elm.type, left) : null
    case 'Min':
    case 'Max':
      return isList(left) ? extreme(left, elm.type === 'Min' ? -1 : 1) : null
    case 'Successor':
    case 'Predecessor':
      return left === null ? null : existing(neighbour(left, elm.type === 'Successor' ? 1 : -1))
    case 'Start':
    case 'End':
      return isKind(left, 'span') ? (elm.type === 'Start' ? startPoint(left) : endPoint(left)) : null
    case 'Width':
      return isKind(left, 'span') ? width(left) : null
    case 'Union':
    case 'Intersect':
    case 'Except':
      if (values.some((one) => isKind(one, 'span'))) return both ? setOf(elm.type, left as Span, right as Span) : null
      return setOfLists(elm.type, left, right)
    case 'DifferenceBetween':
    case 'DurationBetween':
      if (!isKind(left, 'moment') || !isKind(right, 'moment')) return null
      return (elm.type === 'DurationBetween' ? duration : difference)(left, right, String(elm.precision))
    case 'Less':
    case 'LessOrEqual':
      return both ? isLess(left, right, elm.type === 'LessOrEqual') : null
    case 'Greater':
    case 'GreaterOrEqual':
      return both ? isLess(right, left, elm.type === 'GreaterOrEqual') : null
    case 'Equal':
    case 'NotEqual':
      return both ? equality(elm.type, left, right) : null
    case 'Equivalent':
      return equivalent(left, right)
    case 'IsNull':
      return left === null
    case 'Not':
      return left === null ? null : !(left as boolean)
    case 'And':
      return and(left as Truth, right as Truth)
    case 'Or':
      return left === true || right === true ? true : left === null || right === null ? null : false
    case 'Coalesce':
      return left ?? right
    case 'Message':
      return left
    case 'Instance':
      if (left === null) throw new Undecided('what a quantity without a value is')
      throw new NoOpinion('Instance')
    case 'MinValue':
    case 'MaxValue':
      return endOfType(elm.valueType, elm.type === 'MinValue' ? -1 : 1)
    case 'Power':
      return both ? raised(left, right) : null
    case 'Product':
      return isList(left) ? multiplied(left) : null
    case 'Mode':
      return isList(left) ? mostFrequent(left) : null
    case 'Variance':
    case 'StdDev':
    case 'PopulationVariance':
    case 'PopulationStdDev':
      return isList(left) ? spreadOf(elm.type, left) : null
    case 'ConvertQuantity':
      return isKind(left, 'amount') && right !== null ? converted(left, text(right)) : null
    case 'CanConvertQuantity':
      return isKind(left, 'amount') && right !== null ? converted(left, text(right)) !== null : null
    case 'Collapse':
      return collapsed(left, right)
    case 'Expand':
      return expanded(left, right)
    default:
      return textual(elm, values, left, right)
  }
}

function textual(elm: Elm, values: readonly Plain[], left: Plain, right: Plain): Plain {
  const { type } = elm
  switch (type) {
    case 'ToInteger':
      return left === null ? null : numberOf(text(left), 'Integer')
    case 'ToLong':
      if (left !== null && isKind(left, 'number')) return { ...left, type: 'Long' }
      return left === null || isKind(left, 'range') ? null : numberOf(text(left), 'Long')
    case 'ToDecimal':
      if (left !== null && isKind(left, 'number')) return { ...left, type: 'Decimal' }
      return left === null || isKind(left, 'range') ? null : numberOf(text(left), 'Decimal')
    case 'ConvertsToInteger':
      return left === null ? null : numberOf(text(left), 'Integer') !== null
    case 'ConvertsToDecimal':
      return left === null ? null : numberOf(text(left), 'Decimal') !== null
    // Evaluation is in UTC.
    case 'DateFrom':
      return isKind(left, 'moment') ? { ...left, type: 'Date', parts: inUtc(left).parts.slice(0, 3), offset: 0 } : null
    case 'TimeFrom': {
      const parts = isKind(left, 'moment') ? inUtc(left).parts.slice(3) : []
      return parts.length > 0 ? { ...(left as Moment), type: 'Time', parts, offset: 0 } : null
    }
    case 'ToTime':
    case 'ConvertsToTime':
      if (left !== null && /^T?\d\d(?::|$)/.test(text(left))) throw new NoOpinion(type)
      return left === null || type === 'ToTime' ? null : false
    case 'As':
      if (!isKind(left, 'tuple')) throw new NoOpinion(type)
      return left
    case 'ToDate':
      if (isKind(left, 'moment')) return { ...left, type: 'Date', parts: inUtc(left).parts.slice(0, 3), offset: 0 }
      return left === null ? null : dateOf(text(left))
    case 'ConvertsToDate':
      return left === null ? null : dateOf(text(left)) !== null
    // A number that is not certain has no text.
    case 'ToString':
      if (left !== null && isKind(left, 'number') && left.type === 'Long') return String(left.units / ONE)
      if (left !== null && !isKind(left, 'range')) throw new NoOpinion(type)
      return null
    case 'Combine':
      return isList(left) ? combined(left, right) : null
    case 'Split':
      return left === null ? null : split(text(left), right)
    case 'Indexer':
      if (!isKind(right, 'range')) throw new NoOpinion(type)
      return null
    // Anywhere in the text.
    case 'Matches':
      return left === null || right === null ? null : text(left).search(new RegExp(text(right), 's')) >= 0
    case 'Substring':
      return left === null ? null : substring(text(left), right, values[2] ?? null)
    case 'Length':
      if (left !== null) throw new NoOpinion(type)
      return isListElm(elm.operand as Elm) ? integer(0) : null
    // Of a list of lists only its lists have elements.
    case 'Flatten':
      return isList(left) ? left.flatMap((one) => (isList(one) ? one : one === null ? [] : [one])) : null
    default:
      throw new NoOpinion(type)
  }
}

const isListElm = (elm: Elm): boolean =>
  /^(?:List|Union|Intersect|Except|Distinct|Flatten|Slice|Split|Query)$/.test(elm.type) ||
  (elm.asTypeSpecifier as Elm | undefined)?.type === 'ListTypeSpecifier'

function text(value: Plain): string {
  if (typeof value !== 'string') throw new NoOpinion('not a text')
  return value
}
function existing(value: Plain): Plain {
  if (value === null) throw new Refusal('Past the end of the range.')
  return value
}
function width(span: Span): Plain {
  const [from, to] = [startPoint(span), endPoint(span)]
  return from === null || to === null ? null : calculated('Subtract', to, from)
}
function equality(type: string, left: Plain, right: Plain): Plain {
  const found = isKind(left, 'span') && isKind(right, 'span') ? relations.SameAs!(left, right) : equal(left, right)
  return type === 'Equal' || found === null ? found : !found
}
