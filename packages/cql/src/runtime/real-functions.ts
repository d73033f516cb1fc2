import { decimalOf } from './arithmetic.ts'
import { CqlError } from './cql-error.ts'
import { Decimal, nearestQuotient } from './decimal.ts'
import { integer, long } from './number-range.ts'

/**
 * Functions of real numbers, right in every digit of a Decimal (CQL 1.5, Reference, Exp, Ln, Log and Power): whole numbers of
 * 10^-50 carry them, and the result is rounded to the nearest Decimal.
 */
const DIGITS = 50
const ONE = 10n ** BigInt(DIGITS)
const PER_UNIT = ONE / 100_000_000n
/** e^47 has 21 digits before the point. */
const LARGEST_EXPONENT = 47n * ONE

export function exp(value: unknown): Decimal | null {
  if (value === null) return null
  const found = rounded(expOf(fixed(decimalOf(value))))
  if (found === null) throw new CqlError('The power of e is too large for a Decimal.')
  return found
}

export function ln(value: unknown): Decimal | null {
  if (value === null) return null
  const decimal = decimalOf(value)
  if (decimal.units === 0) throw new CqlError('Zero has no logarithm.')
  return decimal.sign() < 0 ? null : rounded(lnOf(fixed(decimal)))
}

export function log(value: unknown, base: unknown): Decimal | null {
  if (value === null || base === null) return null
  const [argument, root] = [decimalOf(value), decimalOf(base)]
  if (argument.sign() <= 0 || root.sign() <= 0 || root.equals(Decimal.of(1))) return null
  return rounded((lnOf(fixed(argument)) * ONE) / lnOf(fixed(root)))
}

/** Of whole numbers a whole number, unless the exponent is negative. */
export function power(base: unknown, exponent: unknown): number | bigint | Decimal | null {
  if (base === null || exponent === null) return null
  if (typeof base === 'number' && typeof exponent === 'number' && exponent >= 0) return integer(base ** exponent)
  if (typeof base === 'bigint' && typeof exponent === 'bigint' && exponent >= 0n) return longPower(base, exponent)
  const [root, raised] = [decimalOf(base), decimalOf(exponent)]
  if (raised.isInteger() && raised.wide === null && Math.abs(raised.toNumber()) <= 100_000) return wholePower(root, raised.toNumber())
  if (root.units === 0) return raised.sign() > 0 ? Decimal.of(0) : null
  return root.sign() < 0 ? null : rounded(expOf((lnOf(fixed(root)) * fixed(raised)) / ONE))
}

function longPower(base: bigint, exponent: bigint): bigint | null {
  if (base >= -1n && base <= 1n) return base === 0n ? (exponent === 0n ? 1n : 0n) : exponent % 2n === 0n ? 1n : base
  return exponent > 64n ? null : long(base ** exponent)
}

/** Exact while it fits: the numerator and denominator are powers of whole numbers. */
function wholePower(root: Decimal, exponent: number): Decimal | null {
  if (root.units === 0) return exponent === 0 ? Decimal.of(1) : exponent > 0 ? Decimal.of(0) : null
  let [numerator, denominator] = reduced(root.wideUnits(), 100_000_000n)
  if (exponent < 0) [numerator, denominator] = numerator < 0n ? [-denominator, -numerator] : [denominator, numerator]
  const size = Math.abs(exponent)
  // Powers of more digits than that are out of range or round to zero, unless the root is close to one.
  if (size * Math.max(String(numerator).length, String(denominator).length) > 20_000) {
    const sign = root.sign() < 0 && size % 2 === 1 ? -1n : 1n
    return rounded(sign * expOf((lnOf(fixed(root.abs())) * BigInt(exponent)) as bigint))
  }
  return nearest(numerator ** BigInt(size), denominator ** BigInt(size))
}

function reduced(numerator: bigint, denominator: bigint): [bigint, bigint] {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator]
  while (b !== 0n) [a, b] = [b, a % b]
  return [numerator / a, denominator / a]
}

const fixed = (value: Decimal): bigint => value.wideUnits() * PER_UNIT
const rounded = (value: bigint): Decimal | null => nearest(value, ONE)

/** The Decimal nearest to a fraction. */
export function nearest(numerator: bigint, denominator: bigint): Decimal | null {
  const found = Decimal.fromUnits(nearestQuotient(numerator * 100_000_000n, denominator))
  return found && found.withoutTrailingZeros()
}

function expOf(value: bigint): bigint {
  if (value > LARGEST_EXPONENT) return ONE * 10n ** 21n
  if (value < -LARGEST_EXPONENT) return 0n
  // e^x = (e^(x / 2^16))^(2^16), where few terms of the series suffice.
  const extra = 10n ** 20n
  const scale = ONE * extra
  const small = (value * extra) / 65_536n
  let term = scale
  let sum = scale
  for (let n = 1n; term !== 0n; n++) {
    term = (term * small) / (scale * n)
    sum += term
  }
  for (let square = 0; square < 16; square++) sum = (sum * sum) / scale
  return sum / extra
}

/** Newton's method on e^y = x from a double that has the first 15 digits right. */
function lnOf(value: bigint): bigint {
  const digits = value.toString()
  const exponent = digits.length - 1 - DIGITS
  const first = Math.log(Number(`${digits[0]}.${digits.slice(1, 17)}`)) + exponent * Math.LN10
  let found = BigInt(Math.round(first * 1e15)) * 10n ** BigInt(DIGITS - 15)
  for (let step = 0; step < 3; step++) {
    const inverse = expOf(-found)
    found += (value * inverse) / ONE - ONE
  }
  return found
}
