/** A list that was asked for again, laid over the one that a reader looks at. */
export interface InPlace<Row> {
  /** The rows shown, in the places where they stand, with their new values. */
  readonly rows: readonly Row[]
  /** Rows that belong elsewhere now, or nowhere, or were not there before: the reader decides when they move. */
  readonly moved: number
}

/** Nothing jumps under the cursor: values change where they stand, and what would change places is counted. */
export function inPlace<Row>(shown: readonly Row[], fresh: readonly Row[], keyOf: (row: Row) => string): InPlace<Row> {
  if (shown.length === 0) return { rows: fresh, moved: 0 }
  const byKey = new Map(fresh.map((row) => [keyOf(row), row]))
  const rows = shown.map((row) => byKey.get(keyOf(row)) ?? row)
  const before = new Set(shown.map(keyOf))
  const gone = shown.filter((row) => !byKey.has(keyOf(row))).length
  const came = fresh.filter((row) => !before.has(keyOf(row)))
  // Whoever the end of the list pushed out for somebody who came is no movement of their own.
  const pushedOut = Math.min(gone, came.length)
  const stayed = fresh.map(keyOf).filter((key) => before.has(key))
  const order = shown.map(keyOf).filter((key) => byKey.has(key))
  return { rows, moved: came.length + gone - pushedOut + displaced(order, stayed) }
}

/** How many have to be taken out of one order so that the rest stands as in the other: all but the longest part that kept its order. */
function displaced(before: readonly string[], after: readonly string[]): number {
  const placeOf = new Map(before.map((key, index) => [key, index]))
  // Ends of the longest rising parts by their length; patience sorting.
  const ends: number[] = []
  for (const key of after) {
    const place = placeOf.get(key)!
    let low = 0
    for (let high = ends.length; low < high;) {
      const middle = (low + high) >> 1
      if (ends[middle]! < place) low = middle + 1
      else high = middle
    }
    ends[low] = place
  }
  return after.length - ends.length
}
