import { packedDate } from './civil.ts'
import { Precision, STEP_MS } from './precision.ts'
import type { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'

/**
 * Order of dates and times (CQL 1.5, Reference, Date and Time Operators): precision by precision, coarse to fine.
 * Negative, zero or positive; NaN when it stays unknown, because one side ends before they differ. `precision` 0 means none was given:
 * then both must end together to be the same, and seconds and milliseconds are one precision, a decimal: seconds alone are .000 of them.
 * Who asks for milliseconds by name asks for those that are written (test TimeProperInPrecisionNull).
 */
export const UNKNOWN = NaN

export function orderDateTimes(left: CqlDateTime, right: CqlDateTime, precision: Precision | 0): number {
  let { day, ms } = right
  if (left.offset !== right.offset && (precision === 0 || precision >= Precision.Hour)) {
    // Different zones move into one, but only where hours or finer are compared. A value without hours is in
    // the zone of the evaluation, so it is the one that stays (Reference, Same As). Which of the zones it is makes no difference
    // while both begin their hours together; of two that do not, that of whole hours is taken for the evaluation's.
    if (right.precision < Precision.Hour)
      return left.precision < Precision.Hour ? orderLocal(left, right, precision) : -orderDateTimes(right, left, precision)
    if (left.offset % 60 !== 0 && right.offset % 60 === 0) return -orderDateTimes(right, left, precision)
    const local = ms + (left.offset - right.offset) * 60_000
    const days = Math.floor(local / 86_400_000)
    day += days
    ms = local - days * 86_400_000
  }
  return orderFields(left.day, left.ms, left.precision, day, ms, right.precision, precision)
}

const orderLocal = (left: CqlDateTime, right: CqlDateTime, precision: Precision | 0): number =>
  orderFields(left.day, 0, left.precision, right.day, 0, right.precision, precision)

export const orderDates = (left: CqlDate, right: CqlDate, precision: Precision | 0): number =>
  orderFields(left.day, 0, left.precision, right.day, 0, right.precision, precision)

/** A Date beside a DateTime is converted to one without hours (Reference, ToDateTime). */
export const orderDateWithDateTime = (left: CqlDate, right: CqlDateTime, precision: Precision | 0): number =>
  orderFields(left.day, 0, left.precision, right.day, right.ms, right.precision, precision)

export const orderTimes = (left: CqlTime, right: CqlTime, precision: Precision | 0): number =>
  orderFields(0, left.ms, left.precision, 0, right.ms, right.precision, precision)

function orderFields(
  leftDay: number,
  leftMs: number,
  leftPrecision: Precision,
  rightDay: number,
  rightMs: number,
  rightPrecision: Precision,
  precision: Precision | 0,
): number {
  const limit = precision === 0 ? Precision.Millisecond : precision
  const coarser = leftPrecision < rightPrecision ? leftPrecision : rightPrecision
  const known = precision === 0 && coarser === Precision.Second ? Precision.Millisecond : coarser
  const compared = known < limit ? known : limit
  let order: number
  if (compared >= Precision.Day) {
    order = leftDay - rightDay
    if (order === 0 && compared > Precision.Day) {
      const unit = STEP_MS[compared]!
      order = unit === 1 ? leftMs - rightMs : Math.floor(leftMs / unit) - Math.floor(rightMs / unit)
    }
  } else {
    const divisor = compared === Precision.Year ? 10_000 : 100
    order = leftDay === rightDay ? 0 : Math.floor(packedDate(leftDay) / divisor) - Math.floor(packedDate(rightDay) / divisor)
  }
  if (order !== 0) return order
  if (compared === limit) return 0
  return precision === 0 && leftPrecision === rightPrecision ? 0 : UNKNOWN
}
