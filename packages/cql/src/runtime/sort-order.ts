import { order } from './order.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'

/**
 * Order of a sort clause (CQL 1.5, Author's Guide, Sorting): nulls first when ascending. Dates and times that cannot be told apart follow
 * their first possible moment, the less precise one first, because a sort must place everything; what else has no order keeps its place.
 */
export function sortOrder(left: unknown, right: unknown): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1
  const found = order(left, right)
  if (found === found) return found
  if (left instanceof CqlDateTime && right instanceof CqlDateTime) return left.instant - right.instant || left.precision - right.precision
  if (left instanceof CqlTime && right instanceof CqlTime) return left.ms - right.ms || left.precision - right.precision
  if (isDateLike(left) && isDateLike(right)) return left.day - right.day || left.precision - right.precision
  return 0
}

const isDateLike = (value: unknown): value is CqlDate | CqlDateTime => value instanceof CqlDate || value instanceof CqlDateTime
