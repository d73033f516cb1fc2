import { endPoint, startPoint, type Truth } from './plain-interval.fixture.ts'
import { nearest } from './plain-number.fixture.ts'
import { inOneUnit, NoOpinion, order, Undecided } from './plain-point.fixture.ts'
import { isKind, isList, ONE, type Plain } from './plain-value.fixture.ts'

/** Reference, Equal. */
export function equal(left: Plain, right: Plain): Truth {
  if (left === null || right === null) return null
  if (isList(left) && isList(right)) return left.length === right.length ? allEqual(left, right) : false
  if (isKind(left, 'tuple') && isKind(right, 'tuple')) {
    const names = [...new Set([...left.of.keys(), ...right.of.keys()])].sort()
    return allEqual(
      names.map((name) => left.of.get(name) ?? null),
      names.map((name) => right.of.get(name) ?? null),
    )
  }
  if (typeof left === 'string' || typeof left === 'boolean') return left === right
  const found = order(left, right)
  return found === null ? null : found === 0
}
/** In order; nulls in the same place are the same, and the first that is not true decides. */
function allEqual(left: readonly Plain[], right: readonly Plain[]): Truth {
  const found = left.map((one, at) => (one === null && right[at] === null ? true : equal(one, right[at]!)))
  return found.find((one) => one !== true) ?? (found.includes(null) ? null : true)
}

/** Reference, Equivalent: always true or false; null is equivalent to null. */
export function equivalent(left: Plain, right: Plain): boolean {
  if (left === null || right === null) return left === right
  if (isList(left) && isList(right)) return left.length === right.length && left.every((one, at) => equivalent(one, right[at]!))
  if (isKind(left, 'span') && isKind(right, 'span'))
    return equivalent(startPoint(left), startPoint(right)) && equivalent(endPoint(left), endPoint(right))
  if (typeof left === 'string' && typeof right === 'string') return plainText(left) === plainText(right)
  if (isKind(left, 'number') && isKind(right, 'number')) return sameRounded(left.units, right.units)
  if (isKind(left, 'amount') && isKind(right, 'amount')) {
    const both = inOneUnit(left, right)
    if (!both) return false
    if (left.unit === right.unit) return sameRounded(left.units, right.units)
    // In either unit: the less precise one is a matter of the unit that it is written in.
    const { a, b } = both
    const coarse = both.coarser
    return sameRounded(a, b) || sameRounded(nearest(a, coarse)!, nearest(b, coarse)!)
  }
  return equal(left, right) === true
}
const plainText = (text: string): string => text.replace(/\s/g, ' ').toLowerCase()
const digitsOf = (units: bigint): number => 8 - /0{0,8}$/.exec(String(units === 0n ? ONE : units))![0].length
function sameRounded(left: bigint, right: bigint): boolean {
  const step = 10n ** BigInt(8 - Math.min(digitsOf(left), digitsOf(right)))
  return nearest(left, step) === nearest(right, step)
}

/** Whether numbers that are not certain are the same, no clause says. */
export function isSame(one: Plain, other: Plain): Truth {
  if (one === null || other === null) return one === other
  const same = equal(one, other)
  if (same === null && isKind(one, 'range') && isKind(other, 'range')) throw new Undecided('whether what is not certain is the same')
  return same
}
/** Reference, In and Contains of lists: a null is the same as a null. */
export function inList(element: Plain, list: readonly Plain[]): Truth {
  const found = list.map((one) => isSame(one, element))
  return found.includes(true) ? true : found.includes(null) ? null : false
}
/** Logical Specification, ProperIn: it is there, and something else is too; a null beside it may be the same. */
export function properlyInList(element: Plain, list: readonly Plain[]): Truth {
  const others = list.map((one) =>
    one === null || element === null ? (one === element ? true : element === null ? false : null) : equal(one, element),
  )
  const found = inList(element, list)
  if (found === false || !others.some((one) => one !== true)) return false
  return others.includes(false) ? found : null
}
export const distinct = (list: readonly Plain[]): Plain[] =>
  list.filter((one, at) => !list.slice(0, at).some((earlier) => isSame(earlier, one) === true))

/** Reference, Min and Max. */
export function extreme(list: readonly Plain[], sign: 1 | -1): Plain {
  return list
    .filter((one) => one !== null)
    .reduce<Plain>((best, one) => (best === null || (order(one, best) ?? 0) * sign > 0 ? one : best), null)
}

/** Reference, Mode: the most frequent; of several that are as frequent no clause says which. */
export function mostFrequent(list: readonly Plain[]): Plain {
  const values = list.filter((value) => value !== null)
  const times = values.map((value) => values.filter((other) => isSame(value, other) === true).length)
  const most = values.filter((_, at) => times[at] === Math.max(...times))
  if (distinct(most).length > 1) throw new Undecided('which of several that are as frequent is the mode')
  return most[0] ?? null
}

/** Reference, Union, Intersect and Except of lists: each element once; a null list beside Union and right of Except is an empty one. */
export function setOfLists(operator: string, left: Plain, right: Plain): Plain {
  const [a, b] = [left ?? [], right ?? []]
  if (!isList(a) || !isList(b)) throw new NoOpinion(operator)
  if (operator === 'Union') return distinct([...a, ...b])
  if (left === null || (right === null && operator === 'Intersect')) return null
  return distinct(a.filter((one) => (inList(one, b) === true) === (operator === 'Intersect')))
}

/** Ties have no order in the specification: of dates, times and amounts ascending is descending read backwards, as published cases have it. */
const reads = (key: Plain, descending: boolean): boolean =>
  !descending && (isKind(key, 'moment') || isKind(key, 'amount') || (isKind(key, 'number') && key.type === 'Decimal'))

/** Author's Guide, Sorting: what has no key first when ascending; what cannot be told apart by when it may begin, the less precise first; else as it was. */
export function sorted(items: readonly Plain[], keys: readonly Plain[], descending: boolean): Plain[] {
  const sign = descending ? -1 : 1
  return items
    .map((item, at) => ({ item, key: keys[at]!, at }))
    .sort((one, other) => compareKeys(one.key, other.key) * sign || (one.at - other.at) * (reads(one.key, descending) ? -1 : 1))
    .map(({ item }) => item)
}
function compareKeys(left: Plain, right: Plain): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1
  const found = order(left, right)
  if (found !== null || !isKind(left, 'moment') || !isKind(right, 'moment')) return found ?? 0
  // One of them ends where the other goes on; its first moment is that with everything at its least.
  const least = left.type === 'Time' ? [0, 0, 0, 0] : [1, 1, 1, 0, 0, 0, 0]
  const filled = [left, right].map(({ parts }) => [...parts, ...least.slice(parts.length)])
  const at = filled[0]!.findIndex((part, index) => part !== filled[1]![index])
  return at < 0 ? left.parts.length - right.parts.length : filled[0]![at]! - filled[1]![at]!
}
