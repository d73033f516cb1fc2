/** Counts of one row of a payer's table. */
export interface PopulationCounts {
  readonly initialPopulation: number
  readonly denominator: number
  readonly denominatorExclusion: number
  readonly denominatorException: number
  readonly numerator: number
}

/** CMS cell size suppression policy: no count of 1 to 10 people leaves, nor one from which such a count follows. */
const SMALLEST_SHOWN = 11

/** A row says too much when one of its counts, or the rest of a count within the one above it, is 1 to 10. */
export function revealsFew(counts: PopulationCounts): boolean {
  const { initialPopulation, denominator, denominatorExclusion, denominatorException, numerator } = counts
  const rated = denominator - denominatorExclusion - denominatorException
  return [
    initialPopulation,
    denominator,
    denominatorExclusion,
    denominatorException,
    numerator,
    initialPopulation - denominator,
    denominator - denominatorExclusion,
    denominator - denominatorException,
    rated,
    rated - numerator,
  ].some(isFew)
}

/** Below zero too: where shown rows exceed their region, the surplus is the people known to two of the practices. */
const isFew = (count: number): boolean => Math.abs(count) >= 1 && Math.abs(count) < SMALLEST_SHOWN

/** Which rows of one payer's table for one measure stay hidden. */
export interface Suppression {
  readonly region: boolean
  /** In the order of the practices. */
  readonly practices: readonly boolean[]
}

/**
 * Hides rows that reveal few people, and as many more, smallest first, until the difference between the region and the shown rows
 * reveals nothing either (complementary suppression). When hiding every practice is not enough, the region is hidden with them: a
 * hidden region leaves nothing to subtract from.
 */
export function suppress(region: PopulationCounts, practices: readonly PopulationCounts[]): Suppression {
  const hidden = practices.map(revealsFew)
  if (revealsFew(region)) return { region: true, practices: hidden }
  const bySize = practices.map((_, index) => index).sort((a, b) => size(practices[a]!) - size(practices[b]!) || a - b)
  for (const index of bySize) {
    if (!differenceTellsTooMuch(region, practices, hidden)) break
    hidden[index] = true
  }
  return { region: differenceTellsTooMuch(region, practices, hidden), practices: hidden }
}

/** One hidden row follows by subtraction whatever its size; several together must leave room for many ways to share what is missing. */
function differenceTellsTooMuch(region: PopulationCounts, practices: readonly PopulationCounts[], hidden: readonly boolean[]): boolean {
  const missing = hidden.filter(Boolean).length
  const shown = practices.filter((_, index) => !hidden[index])
  const rest = shown.reduce(subtract, region)
  if (revealsFew(rest)) return true
  // A row exists because it has somebody: with as many people as rows, each row has exactly one.
  return missing > 0 && (missing === 1 || rest.initialPopulation - missing < SMALLEST_SHOWN)
}

const size = (counts: PopulationCounts): number => counts.initialPopulation

const subtract = (from: PopulationCounts, counts: PopulationCounts): PopulationCounts => ({
  initialPopulation: from.initialPopulation - counts.initialPopulation,
  denominator: from.denominator - counts.denominator,
  denominatorExclusion: from.denominatorExclusion - counts.denominatorExclusion,
  denominatorException: from.denominatorException - counts.denominatorException,
  numerator: from.numerator - counts.numerator,
})
