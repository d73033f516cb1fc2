import { decimalOf, divide } from './arithmetic.ts'
import { Decimal } from './decimal.ts'
import type { EvaluationContext } from './evaluation-context.ts'
import { MAX_INTEGER, MAX_LONG, MIN_INTEGER, MIN_LONG } from './number-range.ts'
import { Code, Concept, Quantity, Ratio } from './structured-values.ts'
import { dateFrom } from './temporal-parts.ts'
import { parseDate, parseDateTime, parseTime } from './temporal-text.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'
import { isUnit } from './units.ts'

/** CQL 1.5, Reference, Type Operators: what cannot be converted is null. */
const truths: Record<string, boolean | undefined> = {
  true: true,
  t: true,
  yes: true,
  y: true,
  '1': true,
  false: false,
  f: false,
  no: false,
  n: false,
  '0': false,
}

export function toBoolean(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return truths[value.toLowerCase()] ?? null
  if (!isNumber(value)) return null
  const decimal = decimalOf(value)
  return decimal.units === 0 ? false : decimal.equals(Decimal.of(1)) ? true : null
}

const isNumber = (value: unknown): value is number | bigint | Decimal =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal

const WHOLE = /^[+-]?\d+$/

export function toInteger(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string') return WHOLE.test(value) ? integerOrNull(BigInt(value.replace('+', ''))) : null
  return typeof value === 'bigint' ? integerOrNull(value) : null
}

const integerOrNull = (value: bigint): number | null => (value >= MIN_INTEGER && value <= MAX_INTEGER ? Number(value) : null)

export function toLong(value: unknown): bigint | null {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(value)
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value !== 'string' || !WHOLE.test(value)) return null
  const whole = BigInt(value.replace('+', ''))
  return whole >= MIN_LONG && whole <= MAX_LONG ? whole : null
}

const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/

export function toDecimal(value: unknown): Decimal | null {
  if (value instanceof Decimal) return value
  if (typeof value === 'number' || typeof value === 'bigint') return Decimal.fromInteger(value)
  if (typeof value === 'boolean') return Decimal.of(value ? 1 : 0)
  return typeof value === 'string' && DECIMAL.test(value) ? Decimal.parse(value) : null
}

const QUANTITY = /^([+-]?\d+(?:\.\d+)?)\s*(?:'([^']*)'|([a-zA-Z]+))?$/
const CALENDAR = /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/

export function toQuantity(value: unknown): Quantity | null {
  if (value instanceof Quantity) return value
  if (isNumber(value)) return new Quantity(decimalOf(value), '1')
  if (value instanceof Ratio) return divide(value.numerator, value.denominator) as Quantity | null
  return typeof value === 'string' ? parseQuantity(value) : null
}

function parseQuantity(text: string): Quantity | null {
  const [, number, unit, keyword] = QUANTITY.exec(text.trim()) ?? []
  const decimal = number === undefined ? null : toDecimal(number)
  if (decimal === null || (keyword !== undefined && !CALENDAR.test(keyword))) return null
  const named = unit ?? keyword ?? '1'
  return isUnit(named) ? new Quantity(decimal, named) : null
}

export function toRatio(value: unknown): Ratio | null {
  if (value instanceof Ratio) return value
  if (typeof value !== 'string') return null
  const [numerator, denominator, more] = value.split(/:(?=(?:[^']*'[^']*')*[^']*$)/)
  const [over, under] = [parseQuantity(numerator ?? ''), parseQuantity(denominator ?? '')]
  return over && under && more === undefined ? new Ratio(over, under) : null
}

/** Also the year 2014 alone; of a DateTime it is `date from`. */
export function toDate(ctx: EvaluationContext, value: unknown): CqlDate | null {
  if (value instanceof CqlDate || value instanceof CqlDateTime) return dateFrom(ctx, value)
  return typeof value === 'string' ? parseDate(value) : null
}

/** Text without a zone is in that of the evaluation; a Date becomes a DateTime without hours. */
export function toDateTime(ctx: EvaluationContext, value: unknown): CqlDateTime | null {
  if (value instanceof CqlDateTime) return value
  if (value instanceof CqlDate) return new CqlDateTime(value.day, 0, value.precision, ctx.now.offset)
  return typeof value === 'string' ? parseDateTime(value, ctx.now.offset) : null
}

export function toTime(value: unknown): CqlTime | null {
  if (value instanceof CqlTime) return value
  return typeof value === 'string' ? parseTime(value) : null
}

/** Can be read back; a date and time says its zone only where that is not the evaluation's. */
export function toText(ctx: EvaluationContext, value: unknown): string | null {
  if (value === null) return null
  if (value instanceof CqlDateTime)
    return value.offset === ctx.now.offset ? value.toString().replace(/(?:Z|[+-]\d\d:\d\d)$/, '') : value.toString()
  if (value instanceof Quantity) return quantityText(value)
  if (value instanceof Ratio) return `${quantityText(value.numerator)}:${quantityText(value.denominator)}`
  const plain = typeof value !== 'object' || value instanceof Decimal || value instanceof CqlDate || value instanceof CqlTime
  return plain ? String(value as string) : null
}

const quantityText = ({ value, unit }: Quantity): string => {
  const number = value.isInteger() ? value.toString().replace(/\.0+$/, '') : value.toString()
  return CALENDAR.test(unit) ? `${number} ${unit}` : `${number} '${unit}'`
}

export function toConcept(value: unknown): Concept | null {
  if (value instanceof Concept) return value
  if (value instanceof Code) return new Concept([value], value.display)
  return Array.isArray(value) ? new Concept(value as Code[]) : null
}

/** `Convert` of a Concept to a list of codes. */
export const conceptCodes = (value: Concept | null): Concept['codes'] => value && value.codes

const convertsTo =
  (convert: (value: unknown) => unknown) =>
  (value: unknown): boolean | null =>
    value === null ? null : convert(value) !== null

export const convertsToBoolean = convertsTo(toBoolean)
export const convertsToInteger = convertsTo(toInteger)
export const convertsToLong = convertsTo(toLong)
export const convertsToDecimal = convertsTo(toDecimal)
export const convertsToQuantity = convertsTo(toQuantity)
export const convertsToRatio = convertsTo(toRatio)
export const convertsToDate = (ctx: EvaluationContext, value: unknown): boolean | null =>
  value === null ? null : toDate(ctx, value) !== null
export const convertsToTime = convertsTo(toTime)
export const convertsToDateTime = (ctx: EvaluationContext, value: unknown): boolean | null =>
  value === null ? null : toDateTime(ctx, value) !== null
export const convertsToText = (ctx: EvaluationContext, value: unknown): boolean | null =>
  value === null ? null : toText(ctx, value) !== null
