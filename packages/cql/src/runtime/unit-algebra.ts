import { canonicalUnit } from './calendar-unit.ts'

/**
 * Units of products and quotients (CQL 1.5, Reference, Multiply and Divide): exponents of equal units add up,
 * so that centimetres times centimetres are `cm2` and grams over grams are `1`.
 */
const TERM = /^(.*?[^-+\d])([-+]?\d+)?$/
/** What is in brackets or braces is one piece of a name, whatever it holds. */
const PIECE = /\{[^}]*\}|\[[^\]]*\]|./g

export const productUnit = (left: string, right: string): string => written(combine(factorsOf(left), factorsOf(right), 1))
export const quotientUnit = (left: string, right: string): string => written(combine(factorsOf(left), factorsOf(right), -1))

type Factors = ReadonlyMap<string, number>

function factorsOf(unit: string): Factors {
  const factors = new Map<string, number>()
  collect(canonicalUnit(unit), 1, factors)
  return factors
}

/** What is in parentheses is divided by as a whole. */
function collect(unit: string, sign: number, into: Map<string, number>): void {
  let [part, depth, ofPart] = ['', 0, sign]
  for (const piece of unit.match(PIECE) ?? []) {
    depth += piece === '(' ? 1 : piece === ')' ? -1 : 0
    if (depth > 0 || !/^[./]$/.test(piece)) part += piece
    else {
      add(part, ofPart, into)
      ;[part, ofPart] = ['', piece === '/' ? -sign : sign]
    }
  }
  add(part, ofPart, into)
}

function add(part: string, sign: number, into: Map<string, number>): void {
  if (part.startsWith('(') && part.endsWith(')')) return collect(part.slice(1, -1), sign, into)
  if (part === '' || part === '1') return
  const [, name = part, exponent = '1'] = TERM.exec(part) ?? []
  into.set(name, (into.get(name) ?? 0) + sign * Number(exponent))
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
