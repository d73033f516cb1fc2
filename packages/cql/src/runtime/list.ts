import { boundList, CqlError } from './cql-error.ts'
import { equal } from './equality.ts'
import type { Truth } from './logic.ts'

/** CQL 1.5, Reference, List Operators. Elements are the same when equal; null is the same as null. */
type List = readonly unknown[] | null

/** True when equal or both null; null when it is not known. */
export function sameElement(left: unknown, right: unknown): Truth {
  if (left === null || right === null) return left === right
  return equal(left, right)
}

/** Reference, In and Contains of lists; unknown when it may be an element that is not known well enough. */
export function inList(element: unknown, list: List): Truth {
  if (list === null) return false
  let found: Truth = false
  for (const one of list) {
    const same = sameElement(one, element)
    if (same === true) return true
    if (same === null) found = null
  }
  return found
}

/** Every element of the right one is in the left one. */
export function listIncludes(left: List, right: List): Truth {
  if (left === null || right === null) return null
  let all: Truth = true
  for (const one of right) {
    const found = inList(one, left)
    if (found === false) return false
    if (found === null) all = null
  }
  return all
}

/** And the left one is larger. */
export function listProperlyIncludes(left: List, right: List): Truth {
  if (left === null || right === null) return null
  return left.length > right.length ? listIncludes(left, right) : false
}

/** The element is in the list and not alone there; beside it a null may be the same as it. */
export function properlyInList(element: unknown, list: List): Truth {
  const found = inList(element, list)
  if (list === null || found === false) return false
  let other: Truth = false
  for (const one of list) {
    const same = element === null ? one === null : one === null ? null : equal(one, element)
    if (same === false) return found
    if (same === null) other = null
  }
  return other
}

export const exists = (list: List): boolean => list !== null && list.some((element) => element !== null)
export const first = (list: List): unknown => list?.[0] ?? null
export const last = (list: List): unknown => list?.[list.length - 1] ?? null
export const elementAt = (list: List, index: number | null): unknown => (list === null || index === null ? null : (list[index] ?? null))
export const listLength = (list: List): number => list?.length ?? 0

export function indexOf(list: List, element: unknown): number | null {
  if (list === null || element === null) return null
  return list.findIndex((one) => sameElement(one, element) === true)
}

export function flatten(list: List): unknown[] | null {
  if (list === null) return null
  const flat: unknown[] = []
  for (const element of list) {
    if (Array.isArray(element)) for (const one of element) flat.push(one)
    else if (element !== null) flat.push(element)
    boundList(flat)
  }
  return flat
}

export function singletonFrom(list: List): unknown {
  if (list === null || list.length === 0) return null
  if (list.length > 1)
    throw new CqlError(
      `A list of at most one element was expected, and this one has ${list.length}. Choose one (First, Last) or say in the CQL which.`,
    )
  return list[0]
}

/** From `start` up to before `end`; negative ones count from the end. Skip, Take and Tail are slices. */
export function slice(list: List, from: number | null = null, to: number | null = null): unknown[] | null {
  return list === null ? null : list.slice(from ?? 0, to ?? list.length)
}

export const skip = (list: List, count: number | null): unknown[] | null =>
  list === null ? null : count !== null && count < 0 ? [] : list.slice(count ?? 0)

export const take = (list: List, count: number | null): unknown[] | null =>
  list === null ? null : count === null || count <= 0 ? [] : list.slice(0, count)

export const tail = (list: List): unknown[] | null => (list === null ? null : list.slice(1))

export const toList = (value: unknown): unknown[] => (value === null ? [] : [value])
