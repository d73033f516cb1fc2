import { Echelon, valueOf } from './small-counts.ts'
import { COUNTS_OF_A_ROW, FIGURES_OF_A_ROW } from './suppress.ts'

/** A figure that is told of a place, or follows from what is told of it. */
export interface KnownFigure {
  readonly value: number
  /** The figures told that it is known from, by their offsets. */
  readonly from: readonly number[]
}

/** Which figures of a place are known from those told of it. Places of which the same is told are solved for once. */
export class ToldSpan {
  readonly #figures: readonly Float64Array[]
  readonly #kinds: number
  readonly #solved = new Map<string, Solved>()

  /** How often each kind of people counts in each figure. */
  constructor(figures: readonly Float64Array[], kinds: number) {
    this.#figures = figures
    this.#kinds = kinds
  }

  /** By figure; those told are NaN where they are not. */
  knownOf(told: Float64Array): (KnownFigure | undefined)[] {
    const { offsets, kinds } = this.countsOf(told)
    const solved = this.#solvedFor(offsets, kinds)
    const values = offsets.map((offset) => told[offset]!)
    return Array.from(told, (value, offset) => {
      if (!Number.isNaN(value)) return { value, from: [offset] }
      const mix = this.#mixOf(solved, offset)
      return mix && { value: valueOf(mix, values), from: offsets.filter((_, index) => mix[index] !== 0) }
    })
  }

  /** Counts that are told, and the kinds that somebody may be of: a figure of 0 is of nobody. */
  countsOf(told: Float64Array): { readonly offsets: readonly number[]; readonly kinds: Set<number> } {
    const kinds = new Set(Array(this.#kinds).keys())
    const offsets: number[] = []
    told.forEach((value, offset) => {
      if (value === 0) for (const kind of kinds) if (this.#figures[offset]![kind] !== 0) kinds.delete(kind)
      if (value > 0 && offset % FIGURES_OF_A_ROW < COUNTS_OF_A_ROW) offsets.push(offset)
    })
    return { offsets, kinds }
  }

  #mixOf({ told, mixes }: Solved, offset: number): Float64Array | undefined {
    if (!mixes.has(offset)) mixes.set(offset, this.#kinds === 0 ? undefined : told.mixOf(this.#figures[offset]!))
    return mixes.get(offset)
  }

  #solvedFor(offsets: readonly number[], kinds: ReadonlySet<number>): Solved {
    const key = `${offsets.join()} ${[...kinds].join()}`
    const known = this.#solved.get(key)
    if (known) return known
    const columns = [...kinds].map((kind) => ({ kinds: [kind], people: 0, most: 1 }))
    const told = new Echelon(offsets.map((offset) => this.#figures[offset]!), columns) // prettier-ignore
    const solved = { told, mixes: new Map<number, Float64Array | undefined>() }
    this.#solved.set(key, solved)
    return solved
  }
}

/** What is told, solved for the kinds that there may be, and how figures are mixed of it that were asked for. */
interface Solved {
  readonly told: Echelon
  readonly mixes: Map<number, Float64Array | undefined>
}
