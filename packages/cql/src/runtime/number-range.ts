import { Uncertainty } from './uncertainty.ts'

export const MIN_INTEGER = -2_147_483_648
export const MAX_INTEGER = 2_147_483_647
export const MIN_LONG = -(2n ** 63n)
export const MAX_LONG = 2n ** 63n - 1n

/** Results that have no place in their type are null (CQL 1.5, Reference, Arithmetic Operators). */
export const integer = (value: number): number | null => (value >= MIN_INTEGER && value <= MAX_INTEGER ? value + 0 : null)
export const long = (value: bigint): bigint | null => (value >= MIN_LONG && value <= MAX_LONG ? value : null)

/** An Integer that is only known to lie between two; where one of them has no place, it may be null itself, and so it is. */
export function integerBetween(low: number, high: number): number | Uncertainty | null {
  if (low === high) return integer(low)
  return low >= MIN_INTEGER && high <= MAX_INTEGER ? new Uncertainty(low + 0, high + 0) : null
}
