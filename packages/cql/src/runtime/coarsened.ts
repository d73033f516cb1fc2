import { epochDay, packedDate } from './civil.ts'
import { Precision, STEP_MS } from './precision.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'

/** A date or time with everything finer than the precision forgotten; others as they are. */
export function coarsened(value: unknown, precision: Precision): unknown {
  if (value instanceof CqlDateTime && value.precision > precision) {
    return new CqlDateTime(coarseDay(value.day, precision), coarseMs(value.ms, precision), precision, value.offset)
  }
  if (value instanceof CqlDate && value.precision > precision) return new CqlDate(coarseDay(value.day, precision), precision)
  if (value instanceof CqlTime && value.precision > precision) return new CqlTime(coarseMs(value.ms, precision), precision)
  return value
}

export const coarseMs = (ms: number, precision: Precision): number => ms - (ms % STEP_MS[precision]!)

export function coarseDay(day: number, precision: Precision): number {
  if (precision >= Precision.Day) return day
  const packed = packedDate(day)
  return epochDay(Math.floor(packed / 10_000), precision === Precision.Year ? 1 : Math.floor(packed / 100) % 100, 1)
}
