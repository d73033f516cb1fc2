import { add, columnsOf, Echelon, type Figures, type Way, waysToFew } from './small-counts.ts'
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
  const rests = told.map((part) => ({ part, rests: mixes.map(({ figure }) => part.without(figure)) }))
  const telling = rests.filter((one) => one.rests.some((rest) => rest.some((often) => often !== 0)))
  if (telling.length === 0) return []
  return waysToFew(together(telling)).map((way) => {
    const some = way.flatMap((index) => mixes[index] ?? [])
    // A part's figures alone tell of few only after the region told that some are nobody: any of its figures may have.
    const used = some.length === 0 ? mixes : some
    return [...region.keys()].filter((at) => used.some(({ of }) => of[at] !== 0))
  })
}

/** Those mixes of mixes that take nobody of a kind that a part has more than few of, when its own figures are taken away. */
function mixesOfFew(part: Echelon, mixes: readonly Mix[]): Mix[] {
  const many = part.columns.flatMap(({ people }, column) => (people < SMALLEST_SHOWN ? [] : [column]))
  const rests = mixes.map(({ figure }) => {
    const rest = part.without(figure)
    return Float64Array.from(many, (column) => rest[column]!)
  })
  const columns = many.map((_, index) => ({ kinds: [index], people: SMALLEST_SHOWN, most: 1 }))
  return new Echelon(rests, columns).nothing.map((often) => ({
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

/** Rests of mixes over all parts, the mixes first, and after them each part's own figures of few people. */
function together(parts: readonly { readonly part: Echelon; readonly rests: readonly Float64Array[] }[]): Figures {
  const columns = parts.flatMap(({ part }) => part.columns)
  const mixes = parts[0]!.rests.map((_, index) => Float64Array.from(parts.flatMap(({ rests }) => [...rests[index]!])))
  let from = 0
  const own = parts.flatMap(({ part }) => {
    const rows = part.rows.filter((_, index) => part.columns[part.pivots[index]!]!.people < SMALLEST_SHOWN)
    const placed = rows.map((row) => {
      const wide = new Float64Array(columns.length)
      wide.set(row.subarray(0, part.columns.length), from)
      return wide
    })
    from += part.columns.length
    return placed
  })
  return { rows: [...mixes, ...own], people: columns.map(({ people }) => people), most: columns.map(({ most }) => most) }
}
