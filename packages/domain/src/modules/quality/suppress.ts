/** Counts of one row of a payer's table. */
export interface PopulationCounts {
  readonly initialPopulation: number
  readonly denominator: number
  readonly denominatorExclusion: number
  readonly denominatorException: number
  readonly numerator: number
}

export const NOBODY: PopulationCounts = {
  initialPopulation: 0,
  denominator: 0,
  denominatorExclusion: 0,
  denominatorException: 0,
  numerator: 0,
}

/** CMS cell size suppression policy: no count of 1 to 10 people leaves, nor one from which such a count follows. */
export const SMALLEST_SHOWN = 11

/** Below zero too: where shown rows exceed their region, the surplus is the people known to two of the practices. */
export const isFew = (count: number): boolean => Math.abs(count) >= 1 && Math.abs(count) < SMALLEST_SHOWN

/** How often each population counts in what can be read off a row, or worked out of it: its counts, and the rest of a count within the one above it. */
const FIGURES: readonly (readonly [number, number, number, number, number])[] = [
  [1, 0, 0, 0, 0],
  [0, 1, 0, 0, 0],
  [0, 0, 1, 0, 0],
  [0, 0, 0, 1, 0],
  [0, 0, 0, 0, 1],
  [1, -1, 0, 0, 0],
  [0, 1, -1, 0, 0],
  [0, 1, 0, -1, 0],
  [0, 1, -1, -1, 0],
  [0, 1, -1, -1, -1],
]
export const FIGURES_OF_A_ROW = FIGURES.length
/** The first are the counts themselves. */
export const COUNTS_OF_A_ROW = 5

/** The figures of a row, in one order for all rows. */
export function figuresOf(counts: PopulationCounts): number[] {
  const { initialPopulation, denominator, denominatorExclusion, denominatorException, numerator } = counts
  return FIGURES.map(
    ([i, d, x, e, n]) => i * initialPopulation + d * denominator + x * denominatorExclusion + e * denominatorException + n * numerator,
  )
}

/** A row says too much when one of its figures is 1 to 10. */
export const revealsFew = (counts: PopulationCounts): boolean => figuresOf(counts).some(isFew)
