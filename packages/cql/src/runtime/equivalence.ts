import { canonicalUnit } from './calendar-unit.ts'
import { Decimal } from './decimal.ts'
import { elementsOf, namesOf } from './elements.ts'
import { equal } from './equality.ts'
import { equivalentIntervals } from './interval-equality.ts'
import { Interval } from './interval-value.ts'
import { valueIn } from './quantity-order.ts'
import { Code, Concept, Quantity, Ratio } from './structured-values.ts'

/** `~` (CQL 1.5, Reference, Equivalent): always true or false; null is equivalent to null. */
export function equivalent(left: unknown, right: unknown): boolean {
  if (left === null || right === null) return left === right
  // Concepts without codes share none, not even with themselves.
  if (left === right && !(left instanceof Concept)) return true
  if (typeof left === 'string') return typeof right === 'string' && equivalentText(left, right)
  if (left instanceof Code) {
    if (right instanceof Code) return equivalentCodes(left, right)
    return right instanceof Concept ? equivalentConcepts([left], right.codes) : false
  }
  if (left instanceof Concept) {
    if (right instanceof Code) return equivalentConcepts(left.codes, [right])
    return right instanceof Concept ? equivalentConcepts(left.codes, right.codes) : false
  }
  if (left instanceof Decimal || right instanceof Decimal) return equivalentDecimals(left, right)
  if (left instanceof Quantity) return right instanceof Quantity && equivalentQuantities(left, right)
  if (left instanceof Interval) return right instanceof Interval && equivalentIntervals(left, right, equivalent)
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length === right.length && left.every((one: unknown, at) => equivalent(one, right[at]))
  }
  if (left instanceof Ratio) return right instanceof Ratio && equivalentRatios(left, right)
  const here = elementsOf(left)
  const there = elementsOf(right)
  if (!here || !there) return equal(left, right) === true
  return [...namesOf(here, there)].every((name) => equivalent(here[name] ?? null, there[name] ?? null))
}

export const notEquivalent = (left: unknown, right: unknown): boolean => !equivalent(left, right)

/** Without regard to case, every white space the same. */
function equivalentText(left: string, right: string): boolean {
  if (left === right) return true
  // Codes mostly differ in a digit: that tells without making new texts.
  const end = Math.min(left.length, right.length)
  for (let index = 0; index < end; index++) {
    const [here, there] = [left.charCodeAt(index), right.charCodeAt(index)]
    if (here === there) continue
    if (here > 127 || there > 127) break
    if (isDigit(here) || isDigit(there)) return false
  }
  return plainText(left) === plainText(right)
}
const isDigit = (code: number): boolean => code >= 48 && code <= 57
const plainText = (text: string): string => text.replace(/\s/g, ' ').toLowerCase()

function equivalentCodes(left: Code, right: Code): boolean {
  return equivalentElement(left.code, right.code) && equivalentElement(left.system, right.system)
}
const equivalentElement = (left: string | null, right: string | null): boolean =>
  left === null || right === null ? left === right : equivalentText(left, right)

/** Concepts are equivalent when they share a code (Reference, Equivalent of Concept). */
const equivalentConcepts = (left: Concept['codes'], right: Concept['codes']): boolean =>
  left !== null && right !== null && left.some((one) => right.some((other) => equivalent(one, other)))

/** Both rounded to the digits of the one that has fewer, trailing zeros not counted. */
function equivalentDecimals(left: unknown, right: unknown): boolean {
  const a = left instanceof Decimal ? left : isWhole(left) ? Decimal.fromInteger(left) : null
  const b = right instanceof Decimal ? right : isWhole(right) ? Decimal.fromInteger(right) : null
  if (!a || !b) return false
  if (a.equals(b)) return true
  const digits = Math.min(writtenDigits(a), writtenDigits(b))
  const [here, there] = [a.round(digits), b.round(digits)]
  return here !== null && there !== null && here.equals(there)
}
const isWhole = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint'

function writtenDigits(value: Decimal): number {
  const fraction = value.toString().split('.')[1] ?? ''
  return fraction.replace(/0+$/, '').length
}

/** Calendar years and months stand for definite ones here, and for 365 and 30 days (Reference, Equivalent). */
const definite: Record<string, readonly [unit: string, days: number] | undefined> = { year: ['a', 365], month: ['mo', 30] }

function equivalentQuantities(left: Quantity, right: Quantity): boolean {
  const here = definite[canonicalUnit(left.unit)]
  const there = definite[canonicalUnit(right.unit)]
  if (!here === !there) return equivalentIn(left, right)
  const calendar = (here ? left : right) satisfies Quantity
  const other = here ? right : left
  const [unit, days] = (here ?? there)!
  if (canonicalUnit(other.unit) === unit || canonicalUnit(other.unit) === 'mo' || canonicalUnit(other.unit) === 'a') {
    return equivalentIn(new Quantity(calendar.value, unit), other)
  }
  const inDays = calendar.value.multiply(Decimal.of(days))
  return inDays !== null && equivalentIn(new Quantity(inDays, 'd'), other)
}

/**
 * Rounded to the less precise of the two, which is a matter of the unit it is written in: 4040 'mg' says more than 4 'g', so both are
 * compared as grams, 4.04 rounded to 4, and not as milligrams (test testQuantity4 of FHIRPath). What is the same in either unit is the same.
 */
function equivalentIn(left: Quantity, right: Quantity): boolean {
  const converted = valueIn(right, left.unit)
  if (converted !== null && equivalentDecimals(left.value, converted)) return true
  const other = valueIn(left, right.unit)
  return other !== null && equivalentDecimals(other, right.value)
}

/** 1:100 ~ 10:1000. */
function equivalentRatios(left: Ratio, right: Ratio): boolean {
  const a = share(left)
  const b = share(right)
  if (!a || !b) return false
  const unit = valueIn(new Quantity(b.value, b.unit), a.unit)
  return unit !== null && equivalentDecimals(a.value, unit)
}

function share({ numerator, denominator }: Ratio): Quantity | null {
  const converted = valueIn(numerator, denominator.unit)
  const value = converted ? converted.divide(denominator.value) : numerator.value.divide(denominator.value)
  return value && new Quantity(value, converted ? '1' : `${numerator.unit}/${denominator.unit}`)
}
