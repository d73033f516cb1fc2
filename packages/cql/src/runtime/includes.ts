import { inInterval, intervalIncludes, intervalProperlyIncludes, properlyInInterval } from './interval-relations.ts'
import { Interval } from './interval-value.ts'
import { inList, listIncludes, listProperlyIncludes, properlyInList } from './list.ts'
import type { Truth } from './logic.ts'
import type { Precision } from './precision.ts'
import { exceptInterval, intersectIntervals, unionOfIntervals } from './interval-sets.ts'
import { exceptList, intersectLists, unionOfLists } from './list-sets.ts'

/**
 * Operators that lists and intervals share a node for (CQL 1.5, Logical Specification, In, Includes, ProperIn, Union, ...): what
 * comes at run time decides. Compiled code whose types are known calls the list's or the interval's own.
 */
type Collection = readonly unknown[] | Interval | null
type P = Precision | 0

export function elementIn(element: unknown, collection: Collection, precision: P = 0): Truth {
  if (collection === null) return false
  return collection instanceof Interval ? inInterval(element, collection, precision) : inList(element, collection)
}

export const contains = (collection: Collection, element: unknown, precision: P = 0): Truth => elementIn(element, collection, precision)

export function properIn(element: unknown, collection: Collection, precision: P = 0): Truth {
  if (collection === null) return false
  return collection instanceof Interval ? properlyInInterval(element, collection, precision) : properlyInList(element, collection)
}

export const properContains = (collection: Collection, element: unknown, precision: P = 0): Truth =>
  properIn(element, collection, precision)

/** A single element on the right is contained; the translator mostly writes that as Contains. */
export function includes(left: Collection, right: unknown, precision: P = 0): Truth {
  if (left === null || right === null) return null
  if (left instanceof Interval) return intervalIncludes(left, right, precision)
  return Array.isArray(right) ? listIncludes(left, right) : inList(right, left)
}

export const includedIn = (left: unknown, right: Collection, precision: P = 0): Truth => includes(right, left, precision)

export function properIncludes(left: Collection, right: unknown, precision: P = 0): Truth {
  if (left === null || right === null) return null
  if (left instanceof Interval) {
    return right instanceof Interval ? intervalProperlyIncludes(left, right, precision) : properlyInInterval(right, left, precision)
  }
  return Array.isArray(right) ? listProperlyIncludes(left, right) : properlyInList(right, left)
}

export const properIncludedIn = (left: unknown, right: Collection, precision: P = 0): Truth => properIncludes(right, left, precision)

/** Of two nulls nothing tells whether they were lists; the compiler knows. */
export function union(left: Collection, right: Collection): unknown {
  if (left instanceof Interval || right instanceof Interval) return unionOfIntervals(left as Interval | null, right as Interval | null)
  return unionOfLists(left, right)
}

export function intersect(left: Collection, right: Collection): unknown {
  if (left instanceof Interval || right instanceof Interval) return intersectIntervals(left as Interval | null, right as Interval | null)
  return intersectLists(left, right)
}

export function except(left: Collection, right: Collection): unknown {
  if (left instanceof Interval || right instanceof Interval) return exceptInterval(left as Interval | null, right as Interval | null)
  return exceptList(left, right)
}
