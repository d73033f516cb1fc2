import { CqlError } from './cql-error.ts'
import { Decimal } from './decimal.ts'
import { integer, integerBetween, long } from './number-range.ts'
import { quantityQuotient, quantityProduct, quantityRemainder, quantitySum, quantityWholeQuotient } from './quantity-arithmetic.ts'
import { Quantity } from './structured-values.ts'
import { addToDate, addToDateTime, addToTime } from './temporal-arithmetic.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'
import { Uncertainty } from './uncertainty.ts'

/** CQL 1.5, Reference, Arithmetic Operators, and Add and Subtract of dates and times. Anything with null is null. */
export function add(left: unknown, right: unknown): unknown {
  if (left === null || right === null) return null
  if (typeof left === 'number' && typeof right === 'number') return integer(left + right)
  if (left instanceof Decimal && right instanceof Decimal) return left.add(right)
  if (typeof left === 'bigint' && typeof right === 'bigint') return long(left + right)
  if (right instanceof Quantity) return isMovable(left) ? moved(left, right, 1) : quantitySum(quantityOf(left), right, 1)
  if (left instanceof Quantity) return quantitySum(left, quantityOf(right), 1)
  if (typeof left === 'string' && typeof right === 'string') return left + right
  return mixed(left, right, add, (a, b) => integerBetween(a.low + b.low, a.high + b.high))
}

export function subtract(left: unknown, right: unknown): unknown {
  if (left === null || right === null) return null
  if (typeof left === 'number' && typeof right === 'number') return integer(left - right)
  if (left instanceof Decimal && right instanceof Decimal) return left.subtract(right)
  if (typeof left === 'bigint' && typeof right === 'bigint') return long(left - right)
  if (right instanceof Quantity) return isMovable(left) ? moved(left, right, -1) : quantitySum(quantityOf(left), right, -1)
  if (left instanceof Quantity) return quantitySum(left, quantityOf(right), -1)
  return mixed(left, right, subtract, (a, b) => integerBetween(a.low - b.high, a.high - b.low))
}

export function multiply(left: unknown, right: unknown): unknown {
  if (left === null || right === null) return null
  if (typeof left === 'number' && typeof right === 'number') return integer(left * right)
  if (left instanceof Decimal && right instanceof Decimal) return left.multiply(right)
  if (typeof left === 'bigint' && typeof right === 'bigint') return long(left * right)
  if (left instanceof Quantity || right instanceof Quantity) return quantityProduct(quantityOf(left), quantityOf(right))
  return mixed(left, right, multiply, (a, b) => {
    const ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
    return integerBetween(Math.min(...ends), Math.max(...ends))
  })
}

/** Always of decimals; null when divided by zero. */
export function divide(left: unknown, right: unknown): unknown {
  if (left === null || right === null) return null
  if (left instanceof Decimal && right instanceof Decimal) return left.divide(right)
  if (left instanceof Quantity || right instanceof Quantity) return quantityQuotient(quantityOf(left), quantityOf(right))
  return decimalOf(left).divide(decimalOf(right))
}

export function truncatedDivide(left: unknown, right: unknown): unknown {
  if (left === null || right === null) return null
  if (typeof left === 'number' && typeof right === 'number') return right === 0 ? null : integer(Math.trunc(left / right))
  if (left instanceof Decimal && right instanceof Decimal) return left.truncatedDivide(right)
  if (typeof left === 'bigint' && typeof right === 'bigint') return right === 0n ? null : long(left / right)
  if (left instanceof Quantity || right instanceof Quantity) return quantityWholeQuotient(quantityOf(left), quantityOf(right))
  return mixed(left, right, truncatedDivide, noUncertainty)
}

export function modulo(left: unknown, right: unknown): unknown {
  if (left === null || right === null) return null
  if (typeof left === 'number' && typeof right === 'number') return right === 0 ? null : (left % right) + 0
  if (left instanceof Decimal && right instanceof Decimal) return left.modulo(right)
  if (typeof left === 'bigint' && typeof right === 'bigint') return right === 0n ? null : left % right
  if (left instanceof Quantity || right instanceof Quantity) return quantityRemainder(quantityOf(left), quantityOf(right))
  return mixed(left, right, modulo, noUncertainty)
}

export function negate(value: unknown): unknown {
  if (value === null) return null
  if (typeof value === 'number') return integer(0 - value)
  if (value instanceof Decimal) return value.negate()
  if (value instanceof Quantity) return new Quantity(value.value.negate(), value.unit)
  if (typeof value === 'bigint') return long(-value)
  if (value instanceof Uncertainty) return integerBetween(-value.high, -value.low)
  throw notANumber(value)
}

export function abs(value: unknown): unknown {
  if (value === null) return null
  if (typeof value === 'number') return integer(Math.abs(value))
  if (value instanceof Decimal) return value.abs()
  if (value instanceof Quantity) return new Quantity(value.value.abs(), value.unit)
  if (typeof value === 'bigint') return long(value < 0n ? -value : value)
  if (value instanceof Uncertainty) {
    const ends = [Math.abs(value.low), Math.abs(value.high)]
    return integerBetween(value.low < 0 && value.high > 0 ? 0 : Math.min(...ends), Math.max(...ends))
  }
  throw notANumber(value)
}

type Movable = CqlDate | CqlDateTime | CqlTime

const isMovable = (value: unknown): value is Movable => value instanceof CqlDateTime || value instanceof CqlDate || value instanceof CqlTime

function moved(left: Movable, duration: Quantity, sign: 1 | -1): Movable | null {
  if (left instanceof CqlDateTime) return addToDateTime(left, duration, sign)
  return left instanceof CqlDate ? addToDate(left, duration, sign) : addToTime(left, duration, sign)
}

/** Numbers of different types meet as the wider one; an Integer meets an uncertain one as a range of itself. */
function mixed(
  left: unknown,
  right: unknown,
  again: (left: unknown, right: unknown) => unknown,
  uncertain: (left: Uncertainty, right: Uncertainty) => unknown,
): unknown {
  if (left instanceof Uncertainty || right instanceof Uncertainty) return uncertain(rangeOf(left), rangeOf(right))
  if (left instanceof Decimal || right instanceof Decimal) return again(decimalOf(left), decimalOf(right))
  return again(longOf(left), longOf(right))
}

function noUncertainty(): never {
  throw new CqlError('An uncertain number cannot be divided.')
}

const notANumber = (value: unknown): CqlError => new CqlError(`${String(value)} is not a number.`)

function rangeOf(value: unknown): Uncertainty {
  if (value instanceof Uncertainty) return value
  if (typeof value === 'number') return new Uncertainty(value, value)
  throw notANumber(value)
}

function longOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(value)
  throw notANumber(value)
}

export function decimalOf(value: unknown): Decimal {
  if (value instanceof Decimal) return value
  if (typeof value === 'number' || typeof value === 'bigint') return Decimal.fromInteger(value)
  if (value instanceof Uncertainty) return noUncertainty()
  throw notANumber(value)
}

const quantityOf = (value: unknown): Quantity => (value instanceof Quantity ? value : new Quantity(decimalOf(value), '1'))
