import { canonicalUnit } from './calendar-unit.ts'
import type { Decimal } from './decimal.ts'
import type { Quantity } from './structured-values.ts'
import { UNKNOWN } from './temporal-order.ts'
import { conversionBetween, convertValue } from './units.ts'

/**
 * Order of quantities (CQL 1.5, Reference, Equal and Less): of one dimension, in whatever units; unknown for others, and for a
 * calendar year or month beside a definite time.
 */
export function orderQuantities(left: Quantity, right: Quantity): number {
  if (left.unit === right.unit || canonicalUnit(left.unit) === canonicalUnit(right.unit)) return left.value.compare(right.value)
  const conversion = conversionBetween(right.unit, left.unit)
  if (conversion === null) return UNKNOWN
  if (conversion.kind === 'special') {
    const converted = convertValue(right.value, conversion)
    return converted === null ? UNKNOWN : left.value.compare(converted)
  }
  const here = left.value.wideUnits() * conversion.denominator
  const there = right.value.wideUnits() * conversion.numerator
  return here < there ? -1 : here > there ? 1 : 0
}

/** Its value in the unit, as a Decimal; null when it does not measure the same. */
export function valueIn(quantity: Quantity, unit: string): Decimal | null {
  const conversion = conversionBetween(quantity.unit, unit)
  return conversion === null ? null : convertValue(quantity.value, conversion)
}
