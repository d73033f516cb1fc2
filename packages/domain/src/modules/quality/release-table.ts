import type { Cell, Figure } from './nested-figures.ts'
import { FIGURES_OF_A_ROW, figuresOf, isFew, type PopulationCounts, SMALLEST_SHOWN } from './suppress.ts'

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

/**
 * Decides which new counts of a payer's table leave. None may that is 1 to 10 people, or from which so few follow: by itself, taken from
 * another row or from all the others, from a measure that it lies within, or from anything told of the period before. `earlier` are the rows that
 * were not as in the release before them, release by release. Where every row keeps what was told last nothing new is, so this always ends.
 */
export function releaseTable(rows: readonly ReleaseRow[], earlier: readonly (readonly ReleasedRow[])[], cells: readonly Cell[]): Release[] {
  const table = new Table(rows, earlier)
  const views = viewsOf(table, cells)
  for (let changed = true; changed;) {
    while (table.hold(tellingPlaces(table, views))) continue
    changed = table.hold(tellingRests(table, views))
  }
  return rows.map((row) => table.releaseOf(row))
}

/** A figure or a cell, its figures by their offsets in a place. */
interface View {
  readonly plus: readonly (readonly number[])[]
  readonly minus: readonly (readonly number[])[]
}

function viewsOf(table: Table, cells: readonly Cell[]): View[] {
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
interface State {
  readonly told: Float64Array
  /** With what was told last where nothing is told: what one who keeps every release takes for known. */
  readonly believed: Float64Array
}

/** A figure by place, the region first; NaN where it is not told. */
type Column = readonly number[]

class Table {
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

  constructor(rows: readonly ReleaseRow[], earlier: readonly (readonly ReleasedRow[])[]) {
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

  /** Rows of a place that a view reads and that tell news. */
  newsOf(place: number, { plus, minus }: View): number[] {
    const measures = new Set([...plus, ...minus].flat().map((offset) => Math.floor(offset / FIGURES_OF_A_ROW)))
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
    const column = columns.get(same) ?? this.places.map((_, place) => firstOf(state.told, place * this.width, same))
    columns.set(same, column)
    return column
  }

  sizeOf(row: number): number {
    return this.now.told[row * FIGURES_OF_A_ROW]!
  }

  /** At each place holds the row back that tells too much most often, of equals the smallest. False when there is none. */
  hold(telling: ReadonlyMap<number, number>): boolean {
    const places = Map.groupBy(telling.keys(), (row) => Math.floor(row / this.measures.length))
    for (const rows of places.values()) {
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

/** How often each row takes part in telling too much of its own place. */
function tellingPlaces(table: Table, views: readonly View[]): Map<number, number> {
  const telling = new Map<number, number>()
  for (let place = 0; place < table.places.length; place++) {
    for (const view of views) {
      const value = table.valueOf(table.now, place, view)
      if (Number.isNaN(value)) continue
      if (isFew(value) || table.past.some((state) => isFew(value - table.valueOf(state, place, view)))) {
        for (const row of table.newsOf(place, view)) telling.set(row, (telling.get(row) ?? 0) + 1)
      }
    }
  }
  return telling
}

/** Where what is left of the region beside the practices told of tells of the others, the smallest of those told of goes with them. */
function tellingRests(table: Table, views: readonly View[]): Map<number, number> {
  const telling = new Map<number, number>()
  for (const view of views) {
    if (!restTells(table, view)) continue
    const practices = table.places.keys().drop(1)
    const bySize = [...practices]
      .flatMap((place) => table.newsOf(place, view))
      .sort((a, b) => Number(table.isAsBefore(a)) - Number(table.isAsBefore(b)) || table.sizeOf(a) - table.sizeOf(b) || a - b)
    const row = bySize[0] ?? table.newsOf(0, view)[0]
    if (row !== undefined) telling.set(row, (telling.get(row) ?? 0) + 1)
  }
  return telling
}

function restTells(table: Table, view: View): boolean {
  const columnsOf = (state: State): Column[] => [...view.plus, ...view.minus].map((same) => table.column(state, same))
  const valueOf = (columns: readonly Column[], group: readonly number[]): number =>
    columns.reduce((value, column, index) => value + (index < view.plus.length ? 1 : -1) * sumOver(column, group), 0)
  const now = columnsOf(table.now)
  if (jointGroups(now).some((group) => isFew(valueOf(now, group)))) return true
  if (view.minus.length === 0 && view.plus[0]![0]! % FIGURES_OF_A_ROW === 0) {
    const hidden = now[0]!.filter((figure, place) => place > 0 && Number.isNaN(figure)).length
    const rest = sumOver(now[0]!, jointGroups(now)[0]!)
    // One row follows whatever its size. A row exists because it has somebody: with as many people as rows, each has exactly one.
    if (hidden > 0 && (hidden === 1 ? !Number.isNaN(rest) : rest - hidden < SMALLEST_SHOWN)) return true
  }
  return table.past.some((state) => {
    const then = columnsOf(state)
    return jointGroups([...now, ...then]).some((group) => isFew(valueOf(now, group) - valueOf(then, group)))
  })
}

/**
 * The practices (by their places) of which all columns may know the sum: none divides those that a column tells of only together, as what is
 * left of the region. Where every practice is told of, nobody: what all of them have over the region is of people known to several. And all.
 */
function jointGroups(columns: readonly Column[]): number[][] {
  const places = columns[0]!.length
  const groupOf = Array.from({ length: places }, (_, place) => [place])
  let isUntold = false
  for (const column of columns) {
    let first: number[] | undefined
    for (let place = 1; place < places; place++) {
      if (!Number.isNaN(column[place]!)) continue
      isUntold = true
      const group = groupOf[place]!
      first ??= group
      if (group === first) continue
      for (const other of group) groupOf[other] = first
      first.push(...group)
    }
  }
  const untold = new Set(
    groupOf.filter((group) => columns.some((column) => group.some((place) => place > 0 && Number.isNaN(column[place]!)))),
  )
  const all = Array.from({ length: places - 1 }, (_, index) => index + 1)
  return [...(isUntold ? untold : [[]]), all]
}

/** NaN where the release does not tell it. */
function sumOver(column: Column, group: readonly number[]): number {
  const isAll = group.length === column.length - 1
  if (isAll && !Number.isNaN(column[0]!)) return column[0]!
  const sum = group.reduce((total, place) => total + column[place]!, 0)
  if (group.length > 0 && !Number.isNaN(sum)) return sum
  return column.reduce((rest, figure, place) => (place === 0 || group.includes(place) ? rest : rest - figure), column[0]!)
}
