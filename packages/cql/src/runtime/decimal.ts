const UNITS_PER_ONE = 100_000_000
const WIDE_UNITS_PER_ONE = 100_000_000n
const LARGEST_UNITS = 10n ** 28n - 1n
const MAX_SCALE = 8
const POWERS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, UNITS_PER_ONE] as const
const TEXT = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/

/**
 * CQL Decimal, exact: 28 digits, 8 of them after the point (CQL 1.5, Reference, Decimal).
 *
 * A value is a whole number of 10^-8 units: a double while that is exact (up to 90 million), a bigint beyond.
 * What has no place in 8 digits is rounded to the nearest, halves away from zero; what has no place in 28 is null.
 * `scale` is the number of written digits after the point, which Precision and the boundaries ask for.
 */
export class Decimal {
  /** NaN when the value is wide. */
  readonly units: number
  readonly wide: bigint | null
  readonly scale: number

  private constructor(units: number, wide: bigint | null, scale: number) {
    this.units = units
    this.wide = wide
    this.scale = scale
  }

  /** A value known to be in range, as literals of validated ELM are. */
  static of(value: number | string): Decimal {
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 90_000_000) {
      return new Decimal(value * UNITS_PER_ONE + 0, null, 0)
    }
    const read = Decimal.parse(String(value))
    if (!read) throw new RangeError(`${value} is not a Decimal of 28 digits`)
    return read
  }

  /** Null for what is no number or out of range; digits past the eighth after the point are rounded. */
  static parse(text: string): Decimal | null {
    const parts = TEXT.exec(text)
    if (!parts) return null
    const [, sign, whole = '', fraction = '', exponent] = parts
    const shift = exponent === undefined ? 0 : Number(exponent)
    if (shift !== 0 || fraction.length > MAX_SCALE || whole.length + MAX_SCALE > 15) return parseWide(sign === '-', whole, fraction, shift)
    const units = Number(whole + fraction) * POWERS[MAX_SCALE - fraction.length]!
    return new Decimal(sign === '-' && units !== 0 ? -units : units, null, fraction.length)
  }

  static fromUnits(units: bigint | number, scale: number = MAX_SCALE): Decimal | null {
    if (typeof units === 'number' && Number.isSafeInteger(units)) return new Decimal(units + 0, null, scale)
    const wide = BigInt(units)
    if (wide > LARGEST_UNITS || wide < -LARGEST_UNITS) return null
    const narrow = Number(wide)
    return Number.isSafeInteger(narrow) ? new Decimal(narrow, null, scale) : new Decimal(NaN, wide, scale)
  }

  static fromInteger(value: number | bigint): Decimal {
    return typeof value === 'number' ? Decimal.of(value) : Decimal.fromUnits(value * WIDE_UNITS_PER_ONE, 0)!
  }

  wideUnits(): bigint {
    return this.wide ?? BigInt(this.units)
  }

  compare(other: Decimal): number {
    if (this.wide === null && other.wide === null) return this.units - other.units
    const left = this.wideUnits()
    const right = other.wideUnits()
    return left < right ? -1 : left > right ? 1 : 0
  }

  equals(other: Decimal): boolean {
    return this.wide === null ? this.units === other.units : this.wide === other.wide
  }

  sign(): number {
    return this.wide === null ? Math.sign(this.units) : this.wide < 0n ? -1 : 1
  }

  isInteger(): boolean {
    return this.wide === null ? this.units % UNITS_PER_ONE === 0 : this.wide % WIDE_UNITS_PER_ONE === 0n
  }

  negate(): Decimal {
    return this.wide === null ? new Decimal(0 - this.units, null, this.scale) : new Decimal(NaN, -this.wide, this.scale)
  }

  abs(): Decimal {
    return this.sign() < 0 ? this.negate() : this
  }

  add(other: Decimal): Decimal | null {
    const scale = this.scale > other.scale ? this.scale : other.scale
    const sum = this.units + other.units
    if (Number.isSafeInteger(sum)) return new Decimal(sum + 0, null, scale)
    return Decimal.fromUnits(this.wideUnits() + other.wideUnits(), scale)
  }

  subtract(other: Decimal): Decimal | null {
    return this.add(other.negate())
  }

  multiply(other: Decimal): Decimal | null {
    const scale = this.scale + other.scale
    if (scale <= MAX_SCALE) {
      // Without trailing zeros of the unit the product of everyday values is exact in a double.
      const product = (this.units / POWERS[MAX_SCALE - this.scale]!) * (other.units / POWERS[MAX_SCALE - other.scale]!)
      const units = product * POWERS[MAX_SCALE - scale]!
      if (Number.isSafeInteger(units)) return new Decimal(units + 0, null, scale)
    }
    return Decimal.fromUnits(
      nearestQuotient(this.wideUnits() * other.wideUnits(), WIDE_UNITS_PER_ONE),
      scale > MAX_SCALE ? MAX_SCALE : scale,
    )
  }

  /** Null when divided by zero (CQL 1.5, Reference, Divide). */
  divide(other: Decimal): Decimal | null {
    if (other.units === 0) return null
    const whole = this.units / other.units
    if (Number.isInteger(whole) && whole * other.units === this.units && Math.abs(whole) <= 90_000_000) return Decimal.of(whole)
    const quotient = Decimal.fromUnits(nearestQuotient(this.wideUnits() * WIDE_UNITS_PER_ONE, other.wideUnits()))
    return quotient && quotient.withoutTrailingZeros()
  }

  /** Towards zero, to a whole number. */
  truncate(): Decimal {
    if (this.wide === null) return new Decimal(this.units - (this.units % UNITS_PER_ONE) + 0, null, 0)
    return Decimal.fromUnits(this.wide - (this.wide % WIDE_UNITS_PER_ONE), 0)!
  }

  /** Remainder with the sign of the dividend; null when divided by zero. */
  modulo(other: Decimal): Decimal | null {
    if (other.units === 0) return null
    const scale = this.scale > other.scale ? this.scale : other.scale
    if (this.wide === null && other.wide === null) return new Decimal((this.units % other.units) + 0, null, scale)
    return Decimal.fromUnits(this.wideUnits() % other.wideUnits(), scale)
  }

  /** Whole part of the quotient; null when divided by zero or out of range. */
  truncatedDivide(other: Decimal): Decimal | null {
    if (other.units === 0) return null
    return Decimal.fromUnits((this.wideUnits() / other.wideUnits()) * WIDE_UNITS_PER_ONE, 0)
  }

  /** Halves away from zero, as the tests of the specification have it for negative values. */
  round(digits: number): Decimal | null {
    const places = digits < 0 ? 0 : digits
    if (places >= MAX_SCALE) return this
    const step = BigInt(POWERS[MAX_SCALE - places]!)
    const units = this.wideUnits()
    const half = units < 0n ? -step / 2n : step / 2n
    return Decimal.fromUnits(((units + half) / step) * step, places)
  }

  /** As computed values are written: 2.5 instead of 2.50000000. */
  withoutTrailingZeros(): Decimal {
    const units = this.wideUnits()
    let scale = MAX_SCALE
    while (scale > 0 && units % BigInt(POWERS[MAX_SCALE - scale + 1]!) === 0n) scale--
    return new Decimal(this.units, this.wide, scale)
  }

  /** The nearest double: for functions of real numbers and for printing only. */
  toNumber(): number {
    return this.wide === null ? this.units / UNITS_PER_ONE : Number(this.toString())
  }

  /** As ToString writes it: `(-)?#0.0#` (CQL 1.5, Reference, ToString). */
  toString(): string {
    const units = this.wideUnits()
    const digits = (units < 0n ? -units : units).toString().padStart(MAX_SCALE + 1, '0')
    const fraction = digits.slice(-MAX_SCALE, digits.length - MAX_SCALE + Math.max(this.scale, 1))
    return `${units < 0n ? '-' : ''}${digits.slice(0, -MAX_SCALE)}.${fraction}`
  }

  toJSON(): number {
    return this.toNumber()
  }
}

/** The whole number nearest to a quotient, halves away from zero. */
export function nearestQuotient(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n
  const [over, under] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator]
  const quotient = (2n * over + under) / (2n * under)
  return negative ? -quotient : quotient
}

function parseWide(negative: boolean, whole: string, fraction: string, shift: number): Decimal | null {
  const digits = BigInt(whole + fraction)
  const power = shift - fraction.length + MAX_SCALE
  // More digits than that are out of range, whatever they are, unless they are zeros.
  if (power > 60) return digits === 0n ? Decimal.of(0) : null
  const units = power >= 0 ? digits * 10n ** BigInt(power) : nearestQuotient(digits, 10n ** BigInt(-power))
  return Decimal.fromUnits(negative ? -units : units, Math.min(Math.max(fraction.length - shift, 0), MAX_SCALE))
}
