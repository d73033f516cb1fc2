/** Three-valued logic (CQL 1.5, Reference, Logical Operators and Nullological Operators). */
export type Truth = boolean | null

export const and = (left: Truth, right: Truth): Truth =>
  left === false || right === false ? false : left === null || right === null ? null : true

export const or = (left: Truth, right: Truth): Truth =>
  left === true || right === true ? true : left === null || right === null ? null : false

export const not = (value: Truth): Truth => (value === null ? null : !value)

export const xor = (left: Truth, right: Truth): Truth => (left === null || right === null ? null : left !== right)

export const implies = (left: Truth, right: Truth): Truth => or(not(left), right)

export const isNull = (value: unknown): boolean => value === null
export const isTrue = (value: Truth): boolean => value === true
export const isFalse = (value: Truth): boolean => value === false

/** First that is not null; the overload of one list looks into it. */
export function coalesce(values: readonly unknown[]): unknown {
  for (const value of values) if (value !== null) return value
  return null
}
