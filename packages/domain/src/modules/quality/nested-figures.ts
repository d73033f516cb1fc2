import { figuresOf, NOBODY, type PopulationCounts } from './suppress.ts'

/** One figure of a measure's row, by its place among `figuresOf`. */
export interface Figure {
  readonly measure: string
  readonly figure: number
}

/** Where charts that stand alike in every measure stand: its counts by measure; in a measure that is not named they stand nowhere. */
export type Standing = ReadonlyMap<string, PopulationCounts>

/**
 * A count of people that follows from figures: what `plus` counts beside what `minus` does. Each is given by all figures that count the same
 * people: one that is told is enough.
 */
export interface Cell {
  readonly plus: readonly (readonly Figure[])[]
  readonly minus: readonly (readonly Figure[])[]
}

/**
 * Which figures of a measure set lie within one another, as everybody who was measured shows: within a figure another one, or what one has
 * over a third. Measures overlap (of adults, of adults from 65 on, of those with diabetes), whoever knows their logic knows how, and takes
 * one figure from the other. What holds by logic holds for everybody; what holds for everybody by chance is taken for it.
 */
export function nestedFigures(standings: readonly Standing[]): Cell[] {
  const groups = groupsOf(standings)
  const pairs = groups.flatMap((outer) =>
    groups.filter((inner) => liesWithin(inner.counts, outer.counts)).map((inner) => ({ outer, inner })),
  )
  const innersOf = Map.groupBy(pairs, ({ outer }) => outer)
  const isPair = (outer: Group, inner: Group): boolean => innersOf.get(outer)?.some((pair) => pair.inner === inner) === true
  const known = new Set(groups.map(({ counts }) => counts.join()))
  const differences = pairs
    .map(({ outer, inner }) => ({ outer, inner, counts: outer.counts.map((count, at) => count - inner.counts[at]!) }))
    .filter(({ counts }) => !known.has(counts.join()))
  return [
    ...groups.filter(({ figures }) => figures.length > 1).map(({ figures }) => ({ plus: [figures], minus: [] })),
    ...pairs.map(({ outer, inner }) => ({ plus: [outer.figures], minus: [inner.figures] })),
    // A figure that all of `outer` lies within tells nothing more: what it has over `outer`, and what is within, are looked at by themselves.
    ...differences.flatMap(({ outer, inner, counts }) =>
      groups
        .filter((all) => !isPair(all, outer) && all !== outer && liesWithin(counts, all.counts))
        .map((all) => ({ plus: [all.figures, inner.figures], minus: [outer.figures] })),
    ),
    ...differences.flatMap(({ outer, inner, counts }) =>
      groups
        .filter((other) => groups.indexOf(other) > groups.indexOf(inner) && liesWithin(other.counts, counts))
        .map((other) => ({ plus: [outer.figures], minus: [inner.figures, other.figures] })),
    ),
  ]
}

/** Figures that count the same people, and how many of these there are at each standing. */
interface Group {
  readonly figures: readonly Figure[]
  readonly counts: readonly number[]
}

function groupsOf(standings: readonly Standing[]): Group[] {
  const measures = [...new Set(standings.flatMap((standing) => [...standing.keys()]))].sort()
  const figures = measures.flatMap((measure) => {
    const rows = standings.map((standing) => figuresOf(standing.get(measure) ?? NOBODY))
    return rows[0]!.map((_, figure) => ({ measure, figure, counts: rows.map((row) => row[figure]!) }))
  })
  const people = figures.filter(({ counts }) => counts.some((count) => count !== 0))
  return [...Map.groupBy(people, ({ counts }) => counts.join()).values()].map((same) => ({
    figures: same.map(({ measure, figure }) => ({ measure, figure })),
    counts: same[0]!.counts,
  }))
}

/** Nowhere more, somewhere less. */
function liesWithin(inner: readonly number[], outer: readonly number[]): boolean {
  let isLess = false
  for (let at = 0; at < inner.length; at++) {
    if (inner[at]! > outer[at]!) return false
    if (inner[at]! < outer[at]!) isLess = true
  }
  return isLess
}
