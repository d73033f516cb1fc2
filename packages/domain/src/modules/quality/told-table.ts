import type { Cell, Figure, Standing } from './nested-figures.ts'
import type { Part } from './region-rest.ts'
import { waysToFew } from './small-counts.ts'
import { FIGURES_OF_A_ROW, figuresOf, type PopulationCounts } from './suppress.ts'
import { type KnownFigure, ToldSpan } from './told-span.ts'

/** What becomes of a row: its new counts are told, or those told last stay for known, or it is hidden. */
export type Release = 'new' | 'kept' | 'hidden'

/** A row of one payer's table. */
export interface ReleaseRow {
  /** Null: the region. */
  readonly practiceId: string | null
  readonly measure: string
  readonly counts: PopulationCounts
}

/** What became of a row in an earlier release. */
export interface ReleasedRow extends Omit<ReleaseRow, 'counts'> {
  /** Null where nothing was told of that release: it was hidden, or kept what it had. */
  readonly counts: PopulationCounts | null
}

/** People who stand alike in every measure: how many there are at each place now. */
export interface Kind {
  readonly standing: Standing
  readonly people: ReadonlyMap<string | null, number>
}

/** A figure or a cell, its figures by their offsets in a place. */
export interface View {
  readonly plus: readonly (readonly number[])[]
  readonly minus: readonly (readonly number[])[]
}
export const measureOf = (offset: number): number => Math.floor(offset / FIGURES_OF_A_ROW)
export const measuresOf = ({ plus, minus }: View): Set<number> => new Set([...plus, ...minus].flat().map(measureOf))

/** Told counts of a place. */
interface Place extends Part {
  /** Of which measure each is. */
  readonly measures: readonly number[]
  /** Rows that few people of the place follow from together. */
  readonly ways: readonly (readonly number[])[]
}

export function viewsOf(table: Table, cells: readonly Cell[]): View[] {
  const offsets = new Map<readonly Figure[], number[]>()
  const at = (figures: readonly Figure[]): number[] => {
    const known = offsets.get(figures)
    if (known) return known
    const found = figures.flatMap(({ measure, figure }) => {
      const index = table.measures.indexOf(measure)
      return index < 0 ? [] : [index * FIGURES_OF_A_ROW + figure]
    })
    offsets.set(figures, found)
    return found
  }
  return [
    ...Array.from({ length: table.width }, (_, offset) => ({ plus: [[offset]], minus: [] })),
    ...cells.map(({ plus, minus }) => ({ plus: plus.map(at), minus: minus.map(at) })),
  ]
}

/** What a release told: of each place (the region first) the figures of every measure, NaN where nothing is told. */
export interface State {
  readonly told: Float64Array
  /** With what was told last where nothing is told: what one who keeps every release takes for known. */
  readonly believed: Float64Array
}

/** A figure by place, the region first; NaN where it is not told. */
export type Column = readonly number[]

export class Table {
  readonly measures: string[]
  readonly places: (string | null)[]
  readonly width: number
  readonly past: State[] = []
  readonly now: State
  /** What was told last of each row. */
  readonly #last: Float64Array
  /** Rows whose figures are told for now. That one is as it was told last is news too: it may have been otherwise in between. */
  readonly #news: Set<number>
  readonly #columns = new Map<State, Map<readonly number[], Column>>()

  /** How often each kind of people counts in each figure of a place, and how many there are at each place. */
  readonly #figures: readonly Float64Array[]
  readonly #most: readonly number[]
  readonly #people: readonly (readonly number[])[]
  readonly #known = new Map<number, Place>()
  readonly #spans: ToldSpan
  readonly #followed = new Map<State, (readonly (KnownFigure | undefined)[] | undefined)[]>()

  constructor(rows: readonly ReleaseRow[], earlier: readonly (readonly ReleasedRow[])[], kinds: readonly Kind[]) {
    const all = [...rows, ...earlier.flat()]
    this.measures = [...new Set(all.map(({ measure }) => measure))].sort()
    this.places = [null, ...[...new Set(all.flatMap(({ practiceId }) => practiceId ?? []))].sort()]
    this.width = this.measures.length * FIGURES_OF_A_ROW
    this.#last = new Float64Array(this.places.length * this.width).fill(Number.NaN)
    const nothing = { told: this.#last.slice(), believed: this.#last.slice() }
    const seen = new Set<string>()
    for (const release of earlier) {
      this.past.push(this.#after(this.past.at(-1) ?? nothing, release, seen))
      for (const row of release) if (row.counts) this.#last.set(figuresOf(row.counts), this.#span(row)[0])
    }
    this.now = this.#after(nothing, rows, new Set())
    this.#news = new Set(rows.map((row) => this.#rowAt(row)))
    this.#figures = Array.from({ length: this.width }, () => new Float64Array(kinds.length))
    this.#most = kinds.map(({ standing }, kind) => {
      let most = 0
      this.measures.forEach((measure, index) => {
        const counts = standing.get(measure)
        if (!counts) return
        figuresOf(counts).forEach((often, offset) => {
          this.#figures[index * FIGURES_OF_A_ROW + offset]![kind] = often
          most = Math.max(most, often)
        })
      })
      return most
    })
    this.#spans = new ToldSpan(this.#figures, kinds.length)
    this.#people = this.places.map((place) => kinds.map(({ people }) => people.get(place) ?? 0))
  }

  /** What all that is told of a place tells together. */
  at(place: number): Place {
    const known = this.#known.get(place) ?? this.#knownAt(place)
    this.#known.set(place, known)
    return known
  }

  #knownAt(place: number): Place {
    const { offsets, kinds } = this.#spans.countsOf(this.#toldOf(this.now, place))
    // Who is nobody in the region is nobody in its practices.
    if (place > 0) for (const kind of kinds) if (!this.at(0).kinds.has(kind)) kinds.delete(kind)
    const figures = { rows: offsets.map((offset) => this.#figures[offset]!), people: this.#people[place]!, most: this.#most }
    const measures = offsets.map(measureOf)
    const ways = waysToFew(figures, kinds).map((way) => this.newsOf(place, new Set(way.map((index) => measures[index]!))))
    return { ...figures, measures, kinds, ways }
  }

  /** Figures of a place that a release tells, or that follow from those. */
  figuresOf(state: State, place: number): readonly (KnownFigure | undefined)[] {
    const figures = this.#followed.get(state) ?? []
    this.#followed.set(state, figures)
    return (figures[place] ??= this.#spans.knownOf(this.#toldOf(state, place)))
  }

  #toldOf({ told }: State, place: number): Float64Array {
    return told.subarray(place * this.width, (place + 1) * this.width)
  }

  #rowAt({ practiceId, measure }: Pick<ReleaseRow, 'practiceId' | 'measure'>): number {
    return this.places.indexOf(practiceId) * this.measures.length + this.measures.indexOf(measure)
  }

  #span(row: Pick<ReleaseRow, 'practiceId' | 'measure'> | number): [number, number] {
    const at = typeof row === 'number' ? row : this.#rowAt(row)
    return [at * FIGURES_OF_A_ROW, (at + 1) * FIGURES_OF_A_ROW]
  }

  /** A place without a row in a measure that others have rows in has nobody in it, as everybody can see. */
  #after(before: State, release: readonly ReleasedRow[], seen: Set<string>): State {
    const state = { told: before.told.slice(), believed: before.believed.slice() }
    for (const { measure } of release) {
      if (seen.has(measure)) continue
      seen.add(measure)
      for (const practiceId of this.places) {
        state.told.fill(0, ...this.#span({ practiceId, measure }))
        state.believed.fill(0, ...this.#span({ practiceId, measure }))
      }
    }
    for (const row of release) {
      const [from, to] = this.#span(row)
      const figures = row.counts ? figuresOf(row.counts) : undefined
      state.told.set(figures ?? UNTOLD, from)
      state.believed.set(figures ?? this.#last.subarray(from, to), from)
    }
    return state
  }

  /** Whether a row says what was told of it last. */
  isAsBefore(row: number): boolean {
    const [first, end] = this.#span(row)
    for (let at = first; at < end; at++) if (this.now.told[at] !== this.#last[at]) return false
    return true
  }

  /** Rows of a place that tell news of some measures. */
  newsOf(place: number, measures: ReadonlySet<number>): number[] {
    return [...measures].map((measure) => place * this.measures.length + measure).filter((row) => this.#news.has(row))
  }

  /** As it is told or else believed; NaN where something that it needs is not there. */
  valueOf({ told, believed }: State, place: number, { plus, minus }: View): number {
    const at = place * this.width
    const figure = (same: readonly number[]): number => {
      const now = firstOf(told, at, same)
      return Number.isNaN(now) ? firstOf(believed, at, same) : now
    }
    let value = 0
    for (const same of plus) value += figure(same)
    for (const same of minus) value -= figure(same)
    return value
  }

  /** What a release told of figures that count the same people, by place. */
  column(state: State, same: readonly number[]): Column {
    const columns = this.#columns.get(state) ?? new Map<readonly number[], Column>()
    this.#columns.set(state, columns)
    const column = columns.get(same) ?? this.places.map((_, place) => this.#columnOf(state, place, same))
    columns.set(same, column)
    return column
  }

  #columnOf(state: State, place: number, same: readonly number[]): number {
    const told = firstOf(state.told, place * this.width, same)
    return Number.isNaN(told) && this.past.length > 0 ? (this.figuresOf(state, place)[same[0]!]?.value ?? told) : told
  }

  sizeOf(row: number): number {
    return this.now.told[row * FIGURES_OF_A_ROW]!
  }

  /** At each place holds the row back that tells too much most often, of equals the smallest. False when there is none. */
  hold(telling: ReadonlyMap<number, number>): boolean {
    const places = Map.groupBy(telling.keys(), (row) => Math.floor(row / this.measures.length))
    for (const [place, rows] of places) {
      if (place === 0) this.#known.clear()
      else this.#known.delete(place)
      this.#followed.get(this.now)?.splice(place, 1, undefined)
      const [worst] = rows.sort((a, b) => telling.get(b)! - telling.get(a)! || this.sizeOf(a) - this.sizeOf(b) || a - b)
      const [from, to] = this.#span(worst!)
      this.now.told.fill(Number.NaN, from, to)
      this.now.believed.set(this.#last.subarray(from, to), from)
      this.#news.delete(worst!)
    }
    this.#columns.delete(this.now)
    return places.size > 0
  }

  releaseOf(row: ReleaseRow): Release {
    const [from] = this.#span(row)
    if (!Number.isNaN(this.now.told[from]!)) return 'new'
    return Number.isNaN(this.#last[from]!) ? 'hidden' : 'kept'
  }
}

function firstOf(figures: Float64Array, at: number, offsets: readonly number[]): number {
  for (const offset of offsets) {
    const figure = figures[at + offset]!
    if (!Number.isNaN(figure)) return figure
  }
  return Number.NaN
}

const UNTOLD = new Float64Array(FIGURES_OF_A_ROW).fill(Number.NaN)
