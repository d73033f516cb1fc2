import type { Cell } from './nested-figures.ts'
import { type Part, waysToFewBeside } from './region-rest.ts'
import { isFew, SMALLEST_SHOWN, FIGURES_OF_A_ROW } from './suppress.ts'
import {
  type Column,
  type Kind,
  measureOf,
  measuresOf,
  type Release,
  type ReleasedRow,
  type ReleaseRow,
  type State,
  Table,
  type View,
  viewsOf,
} from './told-table.ts'

/**
 * Decides which new counts of a payer's table leave. None may that is 1 to 10 people, or from which so few follow: by itself, taken from
 * another row or from all the others, from a measure that it lies within, or from anything told of the period before. `earlier` are the rows that
 * were not as in the release before them, release by release. Where every row keeps what was told last nothing new is, so this always ends.
 */
export function releaseTable(
  rows: readonly ReleaseRow[],
  earlier: readonly (readonly ReleasedRow[])[],
  cells: readonly Cell[],
  kinds: readonly Kind[] = [],
): Release[] {
  const table = new Table(rows, earlier, kinds)
  const views = viewsOf(table, cells)
  for (let changed = true; changed;) {
    while (table.hold(tellingPlaces(table, views))) continue
    changed =
      table.hold(tellingTogether(table)) ||
      table.hold(tellingFollowing(table)) ||
      table.hold(tellingRests(table, views)) ||
      table.hold(tellingBeside(table))
  }
  return rows.map((row) => table.releaseOf(row))
}

/** How often each row takes part in telling too much of its own place. */
function tellingPlaces(table: Table, views: readonly View[]): Map<number, number> {
  const telling = new Map<number, number>()
  for (let place = 0; place < table.places.length; place++) {
    for (const view of views) {
      const value = table.valueOf(table.now, place, view)
      if (Number.isNaN(value)) continue
      if (isFew(value) || table.past.some((state) => isFew(value - table.valueOf(state, place, view)))) {
        for (const row of table.newsOf(place, measuresOf(view))) telling.set(row, (telling.get(row) ?? 0) + 1)
      }
    }
  }
  return telling
}

/** How often each row takes part in telling of a figure that few people came to, or left, since another release told of it. */
function tellingFollowing(table: Table): Map<number, number> {
  if (table.past.length === 0) return new Map()
  const rows = [...table.places.keys()].flatMap((place) => {
    const then = table.past.map((state) => table.figuresOf(state, place))
    return table.figuresOf(table.now, place).flatMap((figure, offset) => {
      const moved = figure !== undefined && then.some((known) => known[offset] && isFew(figure.value - known[offset].value))
      return moved ? table.newsOf(place, new Set(figure.from.map(measureOf))) : []
    })
  })
  return counted(rows)
}

/** How often each row takes part in what follows from all that is told of its place. */
const tellingTogether = (table: Table): Map<number, number> =>
  counted([...table.places.keys()].flatMap((place) => table.at(place).ways.flat()))

const counted = (rows: readonly number[]): Map<number, number> =>
  new Map([...Map.groupBy(rows, (row) => row)].map(([row, of]) => [row, of.length]))

/** Where what is left of the region beside the practices told of tells of the others, the smallest of those told of goes with them. */
function tellingRests(table: Table, views: readonly View[]): Map<number, number> {
  return counted(views.filter((view) => restTells(table, view)).flatMap((view) => smallestOf(table, measuresOf(view))))
}

/** And where all that is told of the region tells of some beside all that is told of its practices. */
function tellingBeside(table: Table): Map<number, number> {
  const [region, ...practices] = [...table.places.keys()].map((place) => table.at(place))
  const alike = Map.groupBy(practices, ({ measures, kinds }) => `${measures.join()} ${[...kinds].join()}`)
  const parts = [...alike.values()].map((same): Part => ({
    ...same[0]!,
    kinds: new Set([...same[0]!.kinds].filter((kind) => region!.kinds.has(kind))),
    people: same[0]!.people.map((_, kind) => same.reduce((sum, { people }) => sum + people[kind]!, 0)),
  }))
  const ways = waysToFewBeside(region!.rows, parts)
  return counted(ways.flatMap((way) => smallestOf(table, new Set(way.map((figure) => region!.measures[figure]!)))))
}

/** The smallest row of a practice that tells news of some measures, or else the region's. */
function smallestOf(table: Table, measures: ReadonlySet<number>): number[] {
  const bySize = [...table.places.keys()]
    .slice(1)
    .flatMap((place) => table.newsOf(place, measures))
    .sort((a, b) => Number(table.isAsBefore(a)) - Number(table.isAsBefore(b)) || table.sizeOf(a) - table.sizeOf(b) || a - b)
  return [...bySize, ...table.newsOf(0, measures)].slice(0, 1)
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
