import { createRequire } from 'node:module'
import { calendarFactor, canonicalUnit } from './calendar-unit.ts'
import { Decimal, nearestQuotient } from './decimal.ts'

/**
 * Conversion between units by UCUM (CQL 1.5, Author's Guide, Unit Conversion). A factor is kept as a fraction of whole
 * numbers, so that comparing a centimetre with a hundredth of a metre loses nothing. Asked once for each pair of units.
 */
export type UnitConversion =
  | { readonly kind: 'factor'; readonly numerator: bigint; readonly denominator: bigint }
  | { readonly kind: 'special'; readonly convert: (value: number) => number }

interface Ucum {
  convertUnitTo(from: string, value: number, to: string): { status: string; toVal: number | null }
  getSpecifiedUnit(unit: string, purpose: string): { unit: { isSpecial_: boolean } | null }
}

const known = new Map<string, UnitConversion | null>()
const identity: UnitConversion = { kind: 'factor', numerator: 1n, denominator: 1n }
/** Units come from records, so the number of pairs kept is bounded. */
const MOST_KEPT = 10_000
let loaded: Ucum | undefined

function ucum(): Ucum {
  // Loaded when the first conversion is asked for: most measures compare quantities of one unit.
  loaded ??= (createRequire(import.meta.url)('@lhncbc/ucum-lhc') as { UcumLhcUtils: { getInstance(): Ucum } }).UcumLhcUtils.getInstance()
  return loaded
}

/** How a value in one unit becomes a value in the other; null when they do not measure the same. */
export function conversionBetween(fromUnit: string, toUnit: string): UnitConversion | null {
  const from = canonicalUnit(fromUnit)
  const to = canonicalUnit(toUnit)
  if (from === to) return identity
  const key = `${from}\n${to}`
  const kept = known.get(key)
  if (kept !== undefined) return kept
  const found = findConversion(from, to)
  if (known.size >= MOST_KEPT) known.clear()
  known.set(key, found)
  return found
}

function findConversion(from: string, to: string): UnitConversion | null {
  if (isCalendar(from) || isCalendar(to)) {
    const factor = calendarFactor(from, to)
    if (factor !== null) return { kind: 'factor', numerator: BigInt(factor), denominator: 1n }
    const inverse = calendarFactor(to, from)
    return inverse === null ? null : { kind: 'factor', numerator: 1n, denominator: BigInt(inverse) }
  }
  const converted = ucum().convertUnitTo(from, 1, to)
  if (converted.status !== 'succeeded' || converted.toVal === null) return null
  if (isSpecial(from) || isSpecial(to)) {
    return { kind: 'special', convert: (value) => ucum().convertUnitTo(from, value, to).toVal ?? NaN }
  }
  return fraction(converted.toVal)
}

const isCalendar = (unit: string): boolean => unit === 'year' || unit === 'month'
const isSpecial = (unit: string): boolean => ucum().getSpecifiedUnit(unit, 'validate').unit?.isSpecial_ === true

export const isUnit = (unit: string): boolean => {
  const name = canonicalUnit(unit)
  return name === '1' || isCalendar(name) || ucum().getSpecifiedUnit(name, 'validate').unit !== null
}

/** The library computes factors in doubles; thirteen digits of them are meant. */
function fraction(factor: number): UnitConversion {
  const direct = decimalFraction(factor)
  const inverse = decimalFraction(1 / factor)
  return digitsOf(inverse) < digitsOf(direct) ? { kind: 'factor', numerator: inverse.denominator, denominator: inverse.numerator } : direct
}

type Fraction = { readonly kind: 'factor'; readonly numerator: bigint; readonly denominator: bigint }
const digitsOf = ({ numerator, denominator }: Fraction): number => String(numerator).length + String(denominator).length

function decimalFraction(value: number): Fraction {
  const [mantissa = '0', exponent = '0'] = value.toExponential(12).split('e')
  const [whole = '', fractionDigits = ''] = mantissa.split('.')
  const digits = fractionDigits.replace(/0+$/, '')
  const power = Number(exponent) - digits.length
  const numerator = BigInt(whole + digits)
  return power >= 0
    ? { kind: 'factor', numerator: numerator * 10n ** BigInt(power), denominator: 1n }
    : { kind: 'factor', numerator, denominator: 10n ** BigInt(-power) }
}

/** Null when the result has no place in a Decimal. */
export function convertValue(value: Decimal, conversion: UnitConversion): Decimal | null {
  if (conversion === identity) return value
  if (conversion.kind === 'special') {
    const converted = conversion.convert(value.toNumber())
    return Number.isFinite(converted) ? Decimal.parse(Number(converted.toPrecision(13)).toString()) : null
  }
  return Decimal.fromUnits(nearestQuotient(value.wideUnits() * conversion.numerator, conversion.denominator))
}
