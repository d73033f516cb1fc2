import { MAX_INTEGER, MAX_LONG, MIN_INTEGER, MIN_LONG } from './point.ts'

/** Results that have no place in their type are null (CQL 1.5, Reference, Arithmetic Operators). */
export const integer = (value: number): number | null => (value >= MIN_INTEGER && value <= MAX_INTEGER ? value + 0 : null)
export const long = (value: bigint): bigint | null => (value >= MIN_LONG && value <= MAX_LONG ? value : null)
