import { Quantity } from './structured-values.ts'
import { valueIn } from './quantity-order.ts'

/** CQL 1.5, Reference, ConvertQuantity: null when the unit does not measure the same. */
export function convertQuantity(quantity: Quantity | null, unit: string | null): Quantity | null {
  if (quantity === null || unit === null) return null
  const value = valueIn(quantity, unit)
  return value && new Quantity(value, unit)
}

/** Reference, CanConvertQuantity: not where what it would be has no place in a Decimal. */
export const canConvertQuantity = (quantity: Quantity | null, unit: string | null): boolean | null =>
  quantity === null || unit === null ? null : convertQuantity(quantity, unit) !== null
