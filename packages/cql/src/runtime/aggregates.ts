import { add, decimalOf, multiply } from './arithmetic.ts'
import { Decimal } from './decimal.ts'
import { sameElement } from './list.ts'
import type { Truth } from './logic.ts'
import { integer, long } from './number-range.ts'
import { greater, less } from './order.ts'
import { valueIn } from './quantity-order.ts'
import { nearest } from './real-functions.ts'
import { Quantity } from './structured-values.ts'

/** CQL 1.5, Reference, Aggregate Functions. Nulls are read over; nothing left to aggregate is null. */
type List = readonly unknown[] | null

const values = (list: List): unknown[] => list?.filter((value) => value !== null) ?? []

export const allTrue = (list: readonly Truth[] | null): boolean => list === null || !list.includes(false)
export const anyTrue = (list: readonly Truth[] | null): boolean => list !== null && list.includes(true)
export const count = (list: List): number =>
  list === null ? 0 : list.reduce<number>((total, value) => (value === null ? total : total + 1), 0)

/** Has a place when the whole has one, whatever it was on the way. */
export function sum(list: List): unknown {
  const found = values(list)
  return folded(found, add) ?? (found.length > 2 ? wholeSum(found) : null)
}
/** The same; nothing times zero has no place. */
export function product(list: List): unknown {
  const found = values(list)
  return folded(found, multiply) ?? found.find((value) => value === 0 || value === 0n) ?? (found.length > 2 ? wholeProduct(found) : null)
}
export const min = (list: List): unknown => folded(values(list), (one, other) => (less(other, one) === true ? other : one))
export const max = (list: List): unknown => folded(values(list), (one, other) => (greater(other, one) === true ? other : one))

const folded = (list: readonly unknown[], join: (one: unknown, other: unknown) => unknown): unknown =>
  list.length === 0 ? null : list.reduce(join)

function wholeSum(found: readonly unknown[]): unknown {
  if (found.every((value) => typeof value === 'number')) return integer(found.reduce((sum, value) => sum + value))
  if (found.every((value) => typeof value === 'bigint')) return long(total(found))
  if (!found.every((value) => value instanceof Decimal)) return null
  return Decimal.fromUnits(total(found.map((value) => value.wideUnits())), Math.max(...found.map(({ scale }) => scale)))
}

function wholeProduct(found: readonly unknown[]): unknown {
  // Without zeros no product is nearer to zero than one before it: one that has a place in the end was exact on the way.
  if (found.every((value) => typeof value === 'number')) return integer(found.reduce((all, value) => all * value))
  if (found.every((value) => typeof value === 'bigint')) return long(multiplied(found))
  if (!found.every((value) => value instanceof Decimal)) return null
  return nearest(multiplied(found.map((value) => value.wideUnits())), 100_000_000n ** BigInt(found.length))
}

export function avg(list: List): Decimal | Quantity | null {
  return measured(list, (units) => nearestUnits(total(units), BigInt(units.length)))
}

export function median(list: List): Decimal | Quantity | null {
  return measured(list, (units) => {
    const sorted = [...units].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))
    const middle = Math.floor(sorted.length / 2)
    return sorted.length % 2 === 1 ? nearestUnits(sorted[middle]!, 1n) : nearestUnits(sorted[middle - 1]! + sorted[middle]!, 2n)
  })
}

/** The most frequent one; of several the first. */
export function mode(list: List): unknown {
  const groups: { value: unknown; size: number }[] = []
  for (const value of values(list)) {
    const group = groups.find((one) => sameElement(one.value, value) === true)
    if (group) group.size++
    else groups.push({ value, size: 1 })
  }
  const largest = groups.reduce<{ value: unknown; size: number } | null>(
    (best, group) => (best && best.size >= group.size ? best : group),
    null,
  )
  return largest && largest.value
}

/** Of the elements as a sample; null for fewer than two. */
export const variance = (list: List): Decimal | Quantity | null => measured(list, (units) => spread(units, 1, nearestSquare))
export const stdDev = (list: List): Decimal | Quantity | null => measured(list, (units) => spread(units, 1, nearestRoot))
/** Of the elements as the whole population. */
export const populationVariance = (list: List): Decimal | Quantity | null => measured(list, (units) => spread(units, 0, nearestSquare))
export const populationStdDev = (list: List): Decimal | Quantity | null => measured(list, (units) => spread(units, 0, nearestRoot))

/** The root of the product, of as many factors as there are. */
export function geometricMean(list: List): Decimal | null {
  const units = values(list).map((value) => decimalOf(value).wideUnits())
  if (units.length === 0) return null
  const all = units.reduce((result, value) => result * value, 1n)
  if (all < 0n) return null
  // Two more digits than a Decimal has, to round by.
  const root = integerRoot(all * 100n ** BigInt(units.length), BigInt(units.length))
  return nearest(root, 100n * 100_000_000n)
}

/** Decimals as whole numbers of their units; quantities in the unit of the first, which the result keeps. */
function measured(list: List, compute: (units: readonly bigint[]) => Decimal | null): Decimal | Quantity | null {
  const found = values(list)
  const sample = found[0]
  if (sample === undefined) return null
  if (!(sample instanceof Quantity)) return compute(found.map((value) => decimalOf(value).wideUnits()))
  const units = found.map((value) => (value instanceof Quantity ? valueIn(value, sample.unit) : decimalOf(value)))
  if (units.includes(null)) return null
  const result = compute(units.map((value) => value!.wideUnits()))
  return result && new Quantity(result, sample.unit)
}

const total = (units: readonly bigint[]): bigint => units.reduce((sum, value) => sum + value, 0n)
const multiplied = (units: readonly bigint[]): bigint => units.reduce((all, value) => all * value, 1n)
const nearestUnits = (units: bigint, divisor: bigint): Decimal | null => nearest(units, divisor * 100_000_000n)

/** (n Σx² - (Σx)²) / (n (n - missing)) as a fraction, so that nothing is lost before the last step. */
function spread(
  units: readonly bigint[],
  missing: 0 | 1,
  finish: (numerator: bigint, denominator: bigint) => Decimal | null,
): Decimal | null {
  const n = BigInt(units.length)
  if (n <= BigInt(missing)) return null
  const all = total(units)
  return finish(n * total(units.map((value) => value * value)) - all * all, n * (n - BigInt(missing)))
}

/** Squares of units are 10^-16. */
const nearestSquare = (numerator: bigint, denominator: bigint): Decimal | null => nearest(numerator, denominator * 10n ** 16n)
const nearestRoot = (numerator: bigint, denominator: bigint): Decimal | null =>
  nearest(integerRoot((numerator * 10n ** 20n) / denominator, 2n), 10n ** 18n)

/** The whole part of the n-th root, by Newton's method from above. */
function integerRoot(value: bigint, n: bigint): bigint {
  if (value < 2n) return value
  let root = 1n << BigInt(Math.ceil(value.toString(2).length / Number(n)))
  for (;;) {
    const next = ((n - 1n) * root + value / root ** (n - 1n)) / n
    if (next >= root) return root
    root = next
  }
}
