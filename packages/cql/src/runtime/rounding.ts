import { decimalOf } from './arithmetic.ts'
import type { Decimal } from './decimal.ts'
import { integer } from './number-range.ts'
import { Quantity } from './structured-values.ts'

/** CQL 1.5, Reference, Ceiling, Floor, Truncate and Round; null when there is no such Integer. */
export const truncate = (value: unknown): number | null => (value === null ? null : integer(decimalOf(value).truncate().toNumber()))

export function floor(value: unknown): number | null {
  if (value === null) return null
  const decimal = decimalOf(value)
  const whole = decimal.truncate()
  return integer(decimal.sign() < 0 && !decimal.isInteger() ? whole.toNumber() - 1 : whole.toNumber())
}

export function ceiling(value: unknown): number | null {
  if (value === null) return null
  const decimal = decimalOf(value)
  const whole = decimal.truncate()
  return integer(decimal.sign() > 0 && !decimal.isInteger() ? whole.toNumber() + 1 : whole.toNumber())
}

/** Halves away from zero; without a precision to whole numbers. */
export function round(value: unknown, precision: number | null = 0): Decimal | Quantity | null {
  if (value === null) return null
  if (value instanceof Quantity) {
    const rounded = value.value.round(precision ?? 0)
    return rounded && new Quantity(rounded, value.unit)
  }
  return decimalOf(value).round(precision ?? 0)
}
