import { SMALLEST_SHOWN } from './suppress.ts'

/** Figures that each count people of some kinds, where the people of a kind are counted in the same ones. */
export interface Figures {
  /** How often each kind counts in each figure. */
  readonly rows: readonly Float64Array[]
  /** How many people there are of each kind. */
  readonly people: readonly number[]
  /** How often each kind counts in a figure at most: once, but where a measure counts stays or visits. */
  readonly most: readonly number[]
}

/** Figures, by their places, that 1 to 10 people follow from together. */
export type Way = readonly number[]

/**
 * Ways to few people: complementary disclosure, for which CMS's cell size policy suppresses as for the cell. Who is told some figures adds them and takes
 * them away, and knows whatever they span. A count of 1 to 10 people takes nobody of a kind that has more: what figures span beside these
 * kinds is little, and searched whole. Who follows to be nobody is known from then on. Where there is too much to search, all of it is a way.
 */
export function waysToFew(figures: Figures, kinds = new Set(figures.people.keys())): Way[] {
  for (;;) {
    const found = search(new Echelon(figures.rows, columnsOf(figures, kinds)))
    const nobody = found.filter(({ count }) => count === 0).flatMap(({ kinds: some }) => some)
    if (nobody.length === 0) return found.map(({ way }) => way)
    for (const kind of nobody) kinds.delete(kind)
  }
}

/** Whether there are none, as far as a search comes. */
export const tellsNothing = (figures: Figures): boolean =>
  search(new Echelon(figures.rows, columnsOf(figures, figures.people.keys()))).length === 0

/** Kinds that no figure tells apart. */
export interface Column {
  readonly kinds: readonly number[]
  readonly people: number
  readonly most: number
}

/** The largest first, so that those are solved for, and what is left is of the small. */
export function columnsOf({ rows, people, most }: Figures, kinds: Iterable<number>): Column[] {
  return kindsAlike(rows, people.length, kinds)
    .filter(([first]) => rows.some((row) => row[first!] !== 0))
    .map((same) => ({
      kinds: same,
      people: same.reduce((sum, kind) => sum + people[kind]!, 0),
      most: Math.max(...same.map((kind) => most[kind]!)),
    }))
    .sort((a, b) => b.people - a.people)
}

/**
 * Each kind by the sum of how often it counts, every figure weighed by a number of its own: those alike have the same sum. Two such sums part
 * all others but one pair in 2^53.
 */
function kindsAlike(rows: readonly Float64Array[], all: number, kinds: Iterable<number>): number[][] {
  const [one, other] = [new Int32Array(all), new Int32Array(all)]
  let [weight, otherWeight] = [1, 1]
  for (const row of rows) {
    weight = Math.imul(weight, WEIGHT)
    otherWeight = Math.imul(otherWeight, OTHER_WEIGHT)
    for (let kind = 0; kind < all; kind++) {
      const often = row[kind]!
      if (often === 0) continue
      one[kind] = one[kind]! + Math.imul(weight, often)
      other[kind] = other[kind]! + Math.imul(otherWeight, often)
    }
  }
  return [...Map.groupBy(kinds, (kind) => one[kind]! * 2 ** 21 + (other[kind]! >>> 11)).values()]
}

/** Below 2^26: products are exact. What is so modulo it and not else is one in tens of millions. */
const PRIME = 67_108_859
const [WEIGHT, OTHER_WEIGHT] = [0x2545f491, 0x9e3779b1]
function modulo(value: number): number {
  const rest = value - Math.floor(value / PRIME) * PRIME
  return rest < 0 ? rest + PRIME : rest >= PRIME ? rest - PRIME : rest
}

function inverse(value: number): number {
  let result = 1
  for (let [base, exponent] = [value, PRIME - 2]; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = modulo(result * base)
    base = modulo(base * base)
  }
  return result
}

/** As far as `row` goes. */
export function add(row: Float64Array, factor: number, other: Float64Array): void {
  for (let at = 0; at < row.length; at++) {
    const one = other[at]!
    if (one !== 0) row[at] = modulo(row[at]! + factor * one)
  }
}

/** Figures solved for as many columns as can be. Each row is followed by how often each of the figures given is in it. */
export class Echelon {
  readonly columns: readonly Column[]
  readonly rows: readonly Float64Array[]
  /** The column that a row is solved for. */
  readonly pivots: readonly number[]
  /** How often each of the figures given is in what is nothing. */
  readonly nothing: readonly Float64Array[]
  readonly #given: number

  constructor(given: readonly Float64Array[], columns: readonly Column[]) {
    this.columns = columns
    this.#given = given.length
    const rows = given.map((row, index) => {
      const solved = new Float64Array(columns.length + given.length)
      columns.forEach(({ kinds }, column) => (solved[column] = modulo(row[kinds[0]!]!)))
      solved[columns.length + index] = 1
      return solved
    })
    const pivots: number[] = []
    for (let column = 0; column < columns.length && pivots.length < rows.length; column++) {
      const found = rows.findIndex((row, index) => index >= pivots.length && row[column] !== 0)
      if (found < 0) continue
      const pivot = rows[found]!
      rows[found] = rows[pivots.length]!
      rows[pivots.length] = pivot
      const factor = inverse(pivot[column]!)
      for (let at = 0; at < pivot.length; at++) pivot[at] = modulo(pivot[at]! * factor)
      for (const row of rows) if (row !== pivot && row[column] !== 0) add(row, PRIME - row[column]!, pivot)
      pivots.push(column)
    }
    this.rows = rows.slice(0, pivots.length)
    this.pivots = pivots
    this.nothing = rows.slice(pivots.length).map((row) => row.subarray(columns.length))
  }

  /** What figures leave open of a further one in the first columns: as it is but for what they tell, which it is without. */
  without(figure: Float64Array, first = this.columns.length): Float64Array {
    const rest = new Float64Array(first)
    for (let at = 0; at < first; at++) rest[at] = modulo(figure[this.columns[at]!.kinds[0]!]!)
    this.pivots.forEach((pivot, index) => {
      if (pivot < first && rest[pivot] !== 0) add(rest, PRIME - rest[pivot]!, this.rows[index]!)
    })
    return rest
  }

  /** How often each of the figures given is in a count that follows from them; undefined where it does not. */
  mixOf(count: Float64Array): Float64Array | undefined {
    const width = this.columns.length
    const mixed = new Float64Array(width + this.#given)
    const entry = (column: number): number => modulo(count[this.columns[column]!.kinds[0]!]!)
    this.pivots.forEach((pivot, index) => {
      const often = entry(pivot)
      if (often !== 0) add(mixed, often, this.rows[index]!)
    })
    for (let column = 0; column < width; column++) if (mixed[column] !== entry(column)) return undefined
    return mixed.subarray(width)
  }
}

/** What a count comes to that figures are so often in. */
export function valueOf(mix: Float64Array, figures: readonly number[]): number {
  const value = mix.reduce((sum, often, index) => modulo(sum + often * figures[index]!), 0)
  return value > PRIME / 2 ? value - PRIME : value
}

interface Found {
  readonly way: Way
  readonly count: number
  readonly kinds: readonly number[]
}

/** Steps until a search gives up: some milliseconds. */
const STEPS = 20_000
const MOST_FOUND = 50

/** A row counts in what is searched as often as the column that it is solved for. */
function search({ columns, rows: all, pivots }: Echelon): Found[] {
  const first = pivots.findIndex((pivot) => columns[pivot]!.people < SMALLEST_SHOWN)
  if (first < 0) return []
  const rows = all.slice(first)
  const width = columns.length
  // A column is settled by the last row that counts in it.
  const settled = rows.map((): number[] => [])
  for (let column = 0; column < width; column++) {
    const last = rows.findLastIndex((row) => row[column] !== 0)
    if (last >= 0) settled[last]!.push(column)
  }
  const found: Found[] = []
  const sum = new Float64Array(all[0]!.length)
  let steps = 0
  const numbers = (from: number, to: number): number[] => Array.from(sum.subarray(from, to).keys()).filter((at) => sum[from + at] !== 0)
  const step = (depth: number, count: number): void => {
    if (steps++ > STEPS || found.length >= MOST_FOUND) return
    if (depth === rows.length) {
      const some = numbers(0, width)
      if (some.length > 0) found.push({ way: numbers(width, sum.length), count, kinds: some.flatMap((at) => columns[at]!.kinds) })
      return
    }
    const { most } = columns[pivots[first + depth]!]!
    for (let often = 0; often <= most; often++) {
      if (often > 0) add(sum, 1, rows[depth]!)
      let total = count
      for (const column of settled[depth]!) {
        total += sum[column]! <= columns[column]!.most ? sum[column]! * columns[column]!.people : Number.POSITIVE_INFINITY
      }
      if (total < SMALLEST_SHOWN) step(depth + 1, total)
    }
    add(sum, PRIME - most, rows[depth]!)
  }
  step(0, 0)
  if (steps <= STEPS || found.length > 0) return found
  const used = [...sum.keys()].slice(width).filter((at) => rows.some((row) => row[at] !== 0))
  return [{ way: used.map((at) => at - width), count: Number.NaN, kinds: [] }]
}
