import { Decimal } from './decimal.ts'
import type { Truth } from './logic.ts'
import type { Precision } from './precision.ts'
import { orderQuantities } from './quantity-order.ts'
import { Quantity } from './structured-values.ts'
import { UNKNOWN, orderDateTimes, orderDateWithDateTime, orderDates, orderTimes } from './temporal-order.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'
import { Uncertainty } from './uncertainty.ts'

/**
 * Order of two values that are not null (CQL 1.5, Reference, Comparison Operators): negative, zero, positive, or NaN when unknown.
 * Numbers of different types compare as the wider one.
 */
export function order(left: unknown, right: unknown, precision: Precision | 0 = 0): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right
  if (left instanceof CqlDateTime && right instanceof CqlDateTime) return orderDateTimes(left, right, precision)
  if (left instanceof Decimal && right instanceof Decimal) return left.compare(right)
  if (left instanceof Quantity && right instanceof Quantity) return orderQuantities(left, right)
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  if (left instanceof CqlDate) {
    if (right instanceof CqlDate) return orderDates(left, right, precision)
    if (right instanceof CqlDateTime) return orderDateWithDateTime(left, right, precision)
  }
  if (left instanceof CqlDateTime && right instanceof CqlDate) return -orderDateWithDateTime(right, left, precision)
  if (left instanceof CqlTime && right instanceof CqlTime) return orderTimes(left, right, precision)
  if (left instanceof Uncertainty || right instanceof Uncertainty) return orderUncertain(left, right)
  return orderNumbers(left, right)
}

function orderNumbers(left: unknown, right: unknown): number {
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right)
  if (left instanceof Decimal || right instanceof Decimal) {
    const [a, b] = [asDecimal(left), asDecimal(right)]
    return a && b ? a.compare(b) : UNKNOWN
  }
  if (isWhole(left) && isWhole(right)) return left < right ? -1 : left > right ? 1 : 0
  return UNKNOWN
}

const isWhole = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint'
const asDecimal = (value: unknown): Decimal | null =>
  value instanceof Decimal ? value : isWhole(value) ? Decimal.fromInteger(value) : null

/** Known where even the ends of the ranges agree (CQL 1.5, Developer's Guide, Uncertainty). */
function orderUncertain(left: unknown, right: unknown): number {
  const a = left instanceof Uncertainty ? left : { low: Number(left), high: Number(left) }
  const b = right instanceof Uncertainty ? right : { low: Number(right), high: Number(right) }
  if (a.high < b.low) return -1
  if (a.low > b.high) return 1
  return a.low === a.high && b.low === b.high ? 0 : UNKNOWN
}

export function less(left: unknown, right: unknown, precision: Precision | 0 = 0): Truth {
  if (left === null || right === null) return null
  if (typeof left === 'number' && typeof right === 'number') return left < right
  const found = order(left, right, precision)
  if (found < 0) return true
  if (found === found) return false
  return mayBe(
    left,
    right,
    (a, b) => a.high < b.low,
    (a, b) => a.low >= b.high,
  )
}

export function lessOrEqual(left: unknown, right: unknown, precision: Precision | 0 = 0): Truth {
  if (left === null || right === null) return null
  if (typeof left === 'number' && typeof right === 'number') return left <= right
  const found = order(left, right, precision)
  if (found <= 0) return true
  if (found === found) return false
  return mayBe(
    left,
    right,
    (a, b) => a.high <= b.low,
    (a, b) => a.low > b.high,
  )
}

export const greater = (left: unknown, right: unknown): Truth => less(right, left)
export const greaterOrEqual = (left: unknown, right: unknown): Truth => lessOrEqual(right, left)

type Range = { readonly low: number; readonly high: number }

/** Ranges that touch at one number decide `<` and `<=` though their order is unknown. */
function mayBe(left: unknown, right: unknown, yes: (a: Range, b: Range) => boolean, no: (a: Range, b: Range) => boolean): Truth {
  if (!(left instanceof Uncertainty || right instanceof Uncertainty)) return null
  const a = left instanceof Uncertainty ? left : { low: Number(left), high: Number(left) }
  const b = right instanceof Uncertainty ? right : { low: Number(right), high: Number(right) }
  return yes(a, b) ? true : no(a, b) ? false : null
}

/** `between` of a point; of an interval it is `during` (Reference, Between), which the translator writes out. */
export function between(value: unknown, low: unknown, high: unknown): Truth {
  if (value === null || low === null || high === null) return null
  const above = greaterOrEqual(value, low)
  const below = lessOrEqual(value, high)
  return above === false || below === false ? false : above === null || below === null ? null : true
}
