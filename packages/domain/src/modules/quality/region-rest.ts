import { add, type Column, columnsOf, Echelon, type Figures, tellsNothing, type Way, waysToFew } from './small-counts.ts'
import { SMALLEST_SHOWN } from './suppress.ts'

/** Practices of which the same is told: as one, since a figure of the region is of all of them. */
export interface Part extends Figures {
  /** Those that somebody may be of. */
  readonly kinds: ReadonlySet<number>
}

/** Something that figures of a region are put together to, and how often each of them is in it. */
interface Mix {
  readonly figure: Float64Array
  readonly of: Float64Array
}

/**
 * Ways to few people that take figures of a region, beside what is told of its practices; only the region's figures are named. What is put together
 * of these can leave few people only where each part's own figures take away what it has of the part's kinds of more than 10. Part by
 * part that leaves less to look at, in the end as a rule nothing but what every practice tells itself.
 */
export function waysToFewBeside(region: readonly Float64Array[], parts: readonly Part[]): Way[] {
  const told = parts
    .map(({ rows, people, most, kinds }) => new Echelon(rows, columnsOf({ rows: [...rows, ...region], people, most }, kinds)))
    .sort((a, b) => a.rows.length - b.rows.length)
  let mixes = region.map((figure, index): Mix => ({ figure, of: Float64Array.from(region, (_, at) => Number(at === index)) }))
  for (const part of told) mixes = mixesOfFew(part, mixes)
  const telling = told.map((part) => rests(part, mixes)).filter(({ mixed }) => mixed.some((rest) => rest.some((often) => often !== 0)))
  if (telling.length === 0 || tellsNothing(together(telling, spanning))) return []
  return waysToFew(together(telling, counting)).map((way) => {
    const some = way.flatMap((index) => mixes[index] ?? [])
    // A part's figures alone tell of few only after the region told that some are nobody: any of its figures may have.
    const used = some.length === 0 ? mixes : some
    return [...region.keys()].filter((at) => used.some(({ of }) => of[at] !== 0))
  })
}

/** Those mixes of mixes that take nobody of a kind that a part has more than few of, when its own figures are taken away. */
function mixesOfFew(part: Echelon, mixes: readonly Mix[]): Mix[] {
  const many = part.columns.filter(({ people }) => people >= SMALLEST_SHOWN).length
  const rests = mixes.map(({ figure }) => part.without(figure, many))
  return new Echelon(rests, single(many)).nothing.map((often) => ({
    figure: sumOf(mixes.map(({ figure }) => figure), often),
    of: sumOf(mixes.map(({ of }) => of), often),
  })) // prettier-ignore
}

function sumOf(rows: readonly Float64Array[], often: Float64Array): Float64Array {
  const sum = new Float64Array(rows[0]!.length)
  rows.forEach((row, index) => {
    if (often[index] !== 0) add(sum, often[index]!, row)
  })
  return sum
}

const single = (columns: number): Column[] => Array.from({ length: columns }, (_, at) => ({ kinds: [at], people: SMALLEST_SHOWN, most: 1 }))

/** What mixes have of a part beside what it tells itself of few people. */
interface Rests {
  readonly columns: readonly Column[]
  readonly mixed: readonly Float64Array[]
  readonly own: readonly Float64Array[]
}

function rests(part: Echelon, mixes: readonly Mix[]): Rests {
  const { columns, pivots } = part
  const own = part.rows.filter((_, index) => columns[pivots[index]!]!.people < SMALLEST_SHOWN)
  return {
    columns,
    mixed: mixes.map(({ figure }) => part.without(figure)),
    own: own.map((row) => row.subarray(0, columns.length)),
  }
}

/** Columns that anything counts in. */
const counting = ({ columns, mixed, own }: Rests): number[] =>
  [...columns.keys()].filter((column) => [...mixed, ...own].some((row) => row[column] !== 0))

/**
 * Columns with somebody, and those that the others follow from: what takes nothing of these takes nothing of any, and what is found among all
 * is found among these. Thousands of columns are of nobody, and hundreds say all that they do.
 */
function spanning(rests: Rests): number[] {
  const { columns, mixed, own } = rests
  const basis = new Set(new Echelon([...mixed, ...own], single(columns.length)).pivots)
  return counting(rests).filter((column) => basis.has(column) || columns[column]!.people > 0)
}

/** Mixes over some columns of all parts, and after them each part's own figures of few people. */
function together(parts: readonly Rests[], some: (rests: Rests) => readonly number[]): Figures {
  const chosen = parts.map((rests) => ({ ...rests, chosen: some(rests) }))
  const columns = chosen.flatMap(({ columns, chosen }) => chosen.map((column) => columns[column]!))
  const mixes = parts[0]!.mixed.map(() => new Float64Array(columns.length))
  let from = 0
  const all = chosen.flatMap(({ mixed, own, chosen }) => {
    const place = (row: Float64Array, wide: Float64Array): Float64Array => {
      chosen.forEach((column, at) => (wide[from + at] = row[column]!))
      return wide
    }
    mixed.forEach((rest, index) => place(rest, mixes[index]!))
    const placed = own.map((row) => place(row, new Float64Array(columns.length)))
    from += chosen.length
    return placed
  })
  return { rows: [...mixes, ...all], people: columns.map(({ people }) => people), most: columns.map(({ most }) => most) }
}
