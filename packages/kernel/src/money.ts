/** Money is whole cents; no sum of it is ever a fraction. */
export type Cents = number

export interface Share {
  readonly id: string
  readonly weight: number
  readonly cents: Cents
  /** Whether it carries one of the cents that were left over. */
  readonly carries: boolean
}

/**
 * Splits cents by whole weights so that they sum to the cent: each share is rounded down, and the cents left go one by one to the largest
 * remainders (Hamilton's method), of equal ones to the id that sorts first. Null where no weight is above nothing.
 */
export function splitCents(cents: Cents, weights: readonly { readonly id: string; readonly weight: number }[]): Share[] | null {
  whole(cents, 'The money in cents')
  const all = weights.reduce((sum, { id, weight }) => sum + BigInt(natural(weight, `The weight of ${id}`)), 0n)
  if (all === 0n) return null
  const sign = cents < 0 ? -1 : 1
  const pool = BigInt(Math.abs(cents))
  const parts = weights.map(({ id, weight }) => ({ id, weight, floor: (pool * BigInt(weight)) / all, rest: (pool * BigInt(weight)) % all }))
  const left = Number(pool - parts.reduce((sum, { floor }) => sum + floor, 0n))
  const carriers = new Set(parts.toSorted((a, b) => (a.rest === b.rest ? (a.id < b.id ? -1 : 1) : a.rest > b.rest ? -1 : 1)).slice(0, left))
  return parts.map((part) => {
    const carries = carriers.has(part)
    const share = sign * (Number(part.floor) + (carries ? 1 : 0))
    return { id: part.id, weight: part.weight, cents: share === 0 ? 0 : share, carries }
  })
}

function whole(value: number, what: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${what} is ${value}: give a whole number.`)
  return value
}

function natural(value: number, what: string): number {
  if (whole(value, what) < 0) throw new RangeError(`${what} is ${value}: give a number from nothing on.`)
  return value
}
