import { hasPlace, inOneUnit, NoOpinion, Refusal, rangeOf } from './plain-point.fixture.ts'
import { integer, isKind, ONE, type Amount, type Num, type Plain } from './plain-value.fixture.ts'

const abs = (value: bigint): bigint => (value < 0n ? -value : value)
/** The nearest whole number, halves away from zero; null without a quotient. */
export function nearest(numerator: bigint, denominator: bigint): bigint | null {
  if (denominator === 0n) return null
  const away = (2n * abs(numerator) + abs(denominator)) / (2n * abs(denominator))
  return numerator < 0n === denominator < 0n ? away : -away
}

type Type = Num['type']
const wider = (left: Num, right: Num): Type =>
  left.type === 'Decimal' || right.type === 'Decimal' ? 'Decimal' : left.type === 'Long' ? 'Long' : right.type
/** Reference, Arithmetic Operators: what has no place in its type is null. */
const made = (units: bigint | null, type: Type): Num | null =>
  units !== null && hasPlace(units, type) ? { kind: 'number', type, units } : null
const amount = (units: bigint | null, unit: string): Amount | null =>
  units !== null && hasPlace(units, 'Decimal') ? { kind: 'amount', units, unit } : null

/** Operators of two counts of 10^-8. */
const binary: Readonly<Record<string, (left: bigint, right: bigint) => bigint | null>> = {
  Add: (left, right) => left + right,
  Subtract: (left, right) => left - right,
  Multiply: (left, right) => nearest(left * right, ONE),
  Divide: (left, right) => nearest(left * ONE, right),
  TruncatedDivide: (left, right) => (right === 0n ? null : (left / right) * ONE),
  Modulo: (left, right) => (right === 0n ? null : left % right),
}

export function calculated(operator: string, left: Plain, right: Plain): Plain {
  const compute = binary[operator]!
  if (isKind(left, 'range') || isKind(right, 'range')) return ofRanges(operator, left, right)
  if (isKind(left, 'number') && isKind(right, 'number'))
    return made(compute(left.units, right.units), operator === 'Divide' ? 'Decimal' : wider(left, right))
  if (!isKind(left, 'amount') || !isKind(right, 'amount') || !/^(?:Add|Subtract|Modulo)$/.test(operator)) throw new NoOpinion(operator)
  // Author's Guide, Unit Conversion: the result is in the more granular unit.
  const both = inOneUnit(left, right)
  return both && amount(compute(both.a, both.b), both.unit)
}

/** Developer's Guide, Uncertainty: from the least to the most that the ends give. */
function ofRanges(operator: string, left: Plain, right: Plain): Plain {
  if (!/^(?:Add|Subtract|Multiply)$/.test(operator)) throw new Refusal('What a range is divided by or into is not certain.')
  const [a, b] = [rangeOf(left), rangeOf(right)]
  const ends = [a.low, a.high].flatMap((one) => [b.low, b.high].map((other) => binary[operator]!(one, other)! / ONE))
  const sorted = ends.sort((one, other) => (one < other ? -1 : 1))
  return between(sorted[0]!, sorted.at(-1)!)
}

/** An Integer from the one to the other; null where it may have no place. */
export function between(low: bigint, high: bigint): Plain {
  if (!hasPlace(low * ONE, 'Integer') || !hasPlace(high * ONE, 'Integer')) return null
  return low === high ? integer(low) : { kind: 'range', low, high }
}

/** Only the whole sum must have a place. */
function summed(values: readonly Plain[]): Plain {
  const [first] = values
  if (isKind(first!, 'number') && values.every((value) => isKind(value, 'number') && value.type === first.type))
    return made(
      (values as readonly Num[]).reduce((sum, { units }) => sum + units, 0n),
      first.type,
    )
  return values.slice(1).reduce<Plain>((one, other) => (one === null ? null : calculated('Add', one, other)), first!)
}

const unitsOf = (operator: string, list: readonly Plain[]): bigint[] =>
  list
    .filter((value) => value !== null)
    .map((value) => {
      if (!isKind(value, 'number')) throw new NoOpinion(operator)
      return value.units
    })

const floorOf = (units: bigint): bigint => units - (((units % ONE) + ONE) % ONE)
const single: Readonly<Record<string, (units: bigint) => bigint>> = {
  Negate: (units) => -units,
  Abs: abs,
  Floor: floorOf,
  Ceiling: (units) => -floorOf(-units),
  Truncate: (units) => units - (units % ONE),
}

export function ofOne(operator: string, value: Plain): Plain {
  const compute = single[operator]!
  if (isKind(value, 'amount')) return amount(compute(value.units), value.unit)
  if (isKind(value, 'range')) {
    const turned = between(-value.high, -value.low)
    if (operator === 'Negate') return turned
    if (operator !== 'Abs') throw new Refusal('Not certain.')
    if (value.low >= 0n || value.high <= 0n) return value.low >= 0n ? value : turned
    return between(0n, value.high > -value.low ? value.high : -value.low)
  }
  if (!isKind(value, 'number')) throw new NoOpinion(operator)
  return made(compute(value.units), /^(?:Negate|Abs)$/.test(operator) ? value.type : 'Integer')
}

/** Reference, Round; tests RoundNeg0D5 and RoundNeg1D5: halves go away from zero. */
export function rounded(value: Plain, digits: number): Plain {
  if (!isKind(value, 'number')) throw new NoOpinion('Round')
  const step = 10n ** BigInt(8 - digits)
  return made(nearest(value.units, step)! * step, 'Decimal')
}

/** Reference, Aggregate Functions: nulls are read over, and of nothing the result is null. */
export function aggregated(operator: string, list: readonly Plain[]): Plain {
  const values = list.filter((value) => value !== null)
  if (values.length === 0) return null
  if (operator === 'Sum') return summed(values)
  const units = unitsOf(operator, values)
  if (operator === 'Avg')
    return made(
      nearest(
        units.reduce((one, other) => one + other),
        BigInt(units.length),
      ),
      'Decimal',
    )
  const sorted = units.sort((one, other) => (one < other ? -1 : one > other ? 1 : 0))
  const [low, high] = [sorted[(units.length - 1) >> 1]!, sorted[units.length >> 1]!]
  return made(nearest(low + high, 2n), 'Decimal')
}

/** Reference, Power, of whole exponents: exact, and rounded to the nearest Decimal once. Of whole numbers a whole one. */
export function raised(base: Plain, exponent: Plain): Plain {
  if (isKind(base, 'range') || isKind(exponent, 'range')) throw new Refusal('Not certain.')
  if (!isKind(base, 'number') || !isKind(exponent, 'number') || exponent.units % ONE !== 0n) throw new NoOpinion('Power')
  const times = exponent.units / ONE
  const size = times < 0n ? -times : times
  const [over, under] = [base.units ** size, ONE ** size]
  const [numerator, denominator] = times < 0n ? [under, over] : [over, under]
  if (denominator < 0n) return made(nearest(-numerator * ONE, -denominator), base.type)
  return made(nearest(numerator * ONE, denominator), base.type)
}

/** Reference, Product: each by the next; only the whole must have a place. */
export function multiplied(list: readonly Plain[]): Plain {
  const values = list.filter((value) => value !== null)
  const [first = null, ...others] = values
  const inSteps = others.reduce((one, other) => (one === null ? null : calculated('Multiply', one, other)), first)
  if (inSteps) return inSteps
  const zero = values.find((value) => isKind(value, 'number') && value.units === 0n)
  if (zero || !first || !isKind(first, 'number')) return zero ?? null
  if (!values.every((value) => isKind(value, 'number') && value.type === first.type)) return null
  const all = (values as readonly Num[]).reduce((product, { units }) => product * units, 1n)
  return made(nearest(all, ONE ** BigInt(values.length - 1)), first.type)
}

/** Reference, Variance and the like: of a sample or a population, the mean square of what lies between each and the mean. */
export function spreadOf(operator: string, list: readonly Plain[]): Plain {
  const units = unitsOf(operator, list)
  const n = BigInt(units.length)
  const parts = operator.startsWith('Population') ? n : n - 1n
  if (parts <= 0n) return null
  const sum = units.reduce((one, other) => one + other, 0n)
  // n times each distance, so that the mean is whole: squares of 10^-8 n.
  const squares = units.reduce((total, one) => total + (n * one - sum) ** 2n, 0n)
  const [numerator, denominator] = [squares, n * n * parts]
  if (operator.endsWith('Variance')) return made(nearest(numerator, denominator * ONE), 'Decimal')
  // A root of tenths of units rounds as the whole root does.
  return made(nearest(rootOf((numerator * 10n ** 12n) / denominator), 10n ** 6n), 'Decimal')
}
/** The whole part of a root, bit by bit. */
function rootOf(value: bigint): bigint {
  let root = 0n
  for (let bit = 1n << BigInt(value.toString(2).length); bit > 0n; bit >>= 1n) if ((root + bit) ** 2n <= value) root += bit
  return root
}
