import { canonicalUnit } from './calendar-unit.ts'

/**
 * Units of products and quotients (CQL 1.5, Reference, Multiply and Divide): exponents of equal units add up,
 * so that centimetres times centimetres are `cm2` and grams over grams are `1`.
 */
const TERM = /^(.*?[^-+\d])([-+]?\d+)?$/

export const productUnit = (left: string, right: string): string => written(combine(factorsOf(left), factorsOf(right), 1))
export const quotientUnit = (left: string, right: string): string => written(combine(factorsOf(left), factorsOf(right), -1))

type Factors = ReadonlyMap<string, number>

function factorsOf(unit: string): Factors {
  const factors = new Map<string, number>()
  let sign = 1
  for (const part of canonicalUnit(unit).split(/([./])(?![^{[]*[}\]])/)) {
    if (part === '.') sign = 1
    else if (part === '/') sign = -1
    else if (part !== '' && part !== '1') {
      const [, name = part, exponent = '1'] = TERM.exec(part) ?? []
      factors.set(name, (factors.get(name) ?? 0) + sign * Number(exponent))
    }
  }
  return factors
}

function combine(left: Factors, right: Factors, sign: 1 | -1): Factors {
  const both = new Map(left)
  for (const [name, exponent] of right) both.set(name, (both.get(name) ?? 0) + sign * exponent)
  return both
}

function written(factors: Factors): string {
  const power = (name: string, exponent: number): string => (exponent === 1 ? name : `${name}${exponent}`)
  const over = [...factors].filter(([, exponent]) => exponent > 0).map(([name, exponent]) => power(name, exponent))
  const under = [...factors].filter(([, exponent]) => exponent < 0).map(([name, exponent]) => power(name, -exponent))
  if (under.length === 0) return over.join('.') || '1'
  return `${over.join('.')}/${under.join('/')}`
}
