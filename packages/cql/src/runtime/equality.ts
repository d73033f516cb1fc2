import { Decimal } from './decimal.ts'
import { Interval } from './interval-value.ts'
import { equalIntervals } from './interval-equality.ts'
import { not, type Truth } from './logic.ts'
import { order } from './order.ts'
import { elementsOf, namesOf } from './elements.ts'
import { Quantity, Ratio } from './structured-values.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'
import { Uncertainty } from './uncertainty.ts'

/** `=` (CQL 1.5, Reference, Equal): true, false, or null when either is null or one is not known well enough. */
export function equal(left: unknown, right: unknown): Truth {
  if (left === null || right === null) return null
  if (left === right) return left instanceof Interval ? equalIntervals(left, left, equal) : true
  switch (typeof left) {
    case 'string':
    case 'boolean':
      return false
    case 'number':
    case 'bigint':
      return typeof right === typeof left ? false : equalOrdered(left, right)
    default:
      return equalObjects(left, right)
  }
}

export const notEqual = (left: unknown, right: unknown): Truth => not(equal(left, right))

function equalOrdered(left: unknown, right: unknown): Truth {
  if (typeof right === 'string' || typeof right === 'boolean') return false
  const found = order(left, right)
  return found === found ? found === 0 : isOrdered(right) ? null : false
}

const isOrdered = (value: unknown): boolean =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof Decimal ||
  value instanceof Quantity ||
  value instanceof Uncertainty ||
  value instanceof CqlDate ||
  value instanceof CqlDateTime ||
  value instanceof CqlTime

function equalObjects(left: unknown, right: unknown): Truth {
  if (isOrdered(left)) {
    const found = order(left, right)
    if (found === found) return found === 0
    return isOrdered(right) && sameFamily(left, right) ? null : false
  }
  if (left instanceof Interval) return right instanceof Interval ? equalIntervals(left, right, equal) : false
  if (Array.isArray(left)) return Array.isArray(right) ? equalLists(left, right) : false
  if (left instanceof Ratio) {
    return right instanceof Ratio ? inOrder([equal(left.numerator, right.numerator), equal(left.denominator, right.denominator)]) : false
  }
  const here = elementsOf(left)
  const there = elementsOf(right)
  return here && there && Object.getPrototypeOf(left) === Object.getPrototypeOf(right) ? equalElements(here, there) : false
}

const sameFamily = (left: unknown, right: unknown): boolean =>
  (left as object).constructor === (right as object).constructor ||
  left instanceof Uncertainty ||
  right instanceof Uncertainty ||
  (isDateLike(left) && isDateLike(right))
const isDateLike = (value: unknown): boolean => value instanceof CqlDate || value instanceof CqlDateTime

/** In order; nulls at one place are the same (Reference, Equal of lists). The first that is not true decides. */
function equalLists(left: readonly unknown[], right: readonly unknown[]): Truth {
  if (left.length !== right.length) return false
  for (let index = 0; index < left.length; index++) {
    const [here, there] = [left[index] as unknown, right[index] as unknown]
    if (here === null && there === null) continue
    const found = equal(here, there)
    if (found !== true) return found
  }
  return true
}

/** Tuples, and the classes that are compared like tuples; names that both leave null are the same. */
function equalElements(left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>): Truth {
  for (const name of namesOf(left, right)) {
    const [here, there] = [left[name] ?? null, right[name] ?? null]
    if (here === null && there === null) continue
    const found = equal(here, there)
    if (found !== true) return found
  }
  return true
}

const inOrder = (found: readonly Truth[]): Truth => found.find((one) => one !== true) ?? (found.includes(null) ? null : true)
