import { canonicalUnit } from './calendar-unit.ts'
import type { Decimal } from './decimal.ts'
import { valueIn } from './quantity-order.ts'
import { Quantity } from './structured-values.ts'
import { productUnit, quotientUnit } from './unit-algebra.ts'
import { conversionBetween } from './units.ts'

/** CQL 1.5, Reference, Arithmetic Operators of quantities; null where units do not go together. */
export function quantitySum(left: Quantity, right: Quantity, sign: 1 | -1): Quantity | null {
  return inOneUnit(left, right, (a, b) => (sign > 0 ? a.add(b) : a.subtract(b)))
}

export function quantityRemainder(left: Quantity, right: Quantity): Quantity | null {
  return inOneUnit(left, right, (a, b) => a.modulo(b))
}

/** Counts how often the right one fits; the unit stays, as the tests of the specification have it. */
export function quantityWholeQuotient(left: Quantity, right: Quantity): Quantity | null {
  if (isOne(right)) return made(left.value.truncatedDivide(right.value), left.unit)
  return inOneUnit(left, right, (a, b) => a.truncatedDivide(b))
}

export const quantityProduct = (left: Quantity, right: Quantity): Quantity | null =>
  made(left.value.multiply(right.value), isOne(right) ? left.unit : isOne(left) ? right.unit : productUnit(left.unit, right.unit))

export function quantityQuotient(left: Quantity, right: Quantity): Quantity | null {
  if (isOne(right)) return made(left.value.divide(right.value), left.unit)
  const converted = conversionBetween(right.unit, left.unit) && valueIn(right, left.unit)
  if (converted) return made(left.value.divide(converted), '1')
  return made(left.value.divide(right.value), quotientUnit(left.unit, right.unit))
}

const isOne = (quantity: Quantity): boolean => canonicalUnit(quantity.unit) === '1'
const made = (value: Decimal | null, unit: string): Quantity | null => (value === null ? null : new Quantity(value, unit))

/** The unit of the result is the finer one of the two (Author's Guide, Unit Conversion: most granular). */
function inOneUnit(left: Quantity, right: Quantity, operate: (left: Decimal, right: Decimal) => Decimal | null): Quantity | null {
  if (left.unit === right.unit || canonicalUnit(left.unit) === canonicalUnit(right.unit))
    return made(operate(left.value, right.value), left.unit)
  const conversion = conversionBetween(right.unit, left.unit)
  if (conversion === null) return null
  const rightIsFiner = conversion.kind === 'factor' && conversion.numerator < conversion.denominator
  const unit = rightIsFiner ? right.unit : left.unit
  const [a, b] = [valueIn(left, unit), valueIn(right, unit)]
  return a && b ? made(operate(a, b), unit) : null
}
