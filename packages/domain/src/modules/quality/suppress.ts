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
  ].some((count) => count >= 1 && count < SMALLEST_SHOWN)
}

/**
 * Which practice rows of one payer and measure stay hidden beside a region row that is shown: those that reveal few people, and as many
 * more, smallest first, until what is missing between the region and the shown rows reveals nothing either (complementary
 * suppression). Answers one flag per practice row. When the region row itself is hidden, nothing can be subtracted from.
 */
export function hiddenRows(region: PopulationCounts, practices: readonly PopulationCounts[]): boolean[] {
  const hidden = practices.map(revealsFew)
  if (revealsFew(region)) return hidden
  const bySize = practices.map((_, index) => index).sort((a, b) => size(practices[a]!) - size(practices[b]!) || a - b)
  for (const index of bySize) {
    if (!missingTellsTooMuch(region, practices, hidden)) break
    hidden[index] = true
  }
  return hidden
}

/** One hidden row follows by subtraction whatever its size; several together must not add up to few. */
function missingTellsTooMuch(region: PopulationCounts, practices: readonly PopulationCounts[], hidden: readonly boolean[]): boolean {
  const missing = hidden.filter(Boolean).length
  if (missing === 0) return false
  const shown = practices.filter((_, index) => !hidden[index])
  // A person known to two practices stands in two rows and once in the region: a rest below zero says nothing.
  const rest = shown.reduce(subtract, region)
  return missing === 1 || revealsFew(rest)
}

const size = (counts: PopulationCounts): number => counts.initialPopulation

const subtract = (from: PopulationCounts, counts: PopulationCounts): PopulationCounts => ({
  initialPopulation: from.initialPopulation - counts.initialPopulation,
  denominator: from.denominator - counts.denominator,
  denominatorExclusion: from.denominatorExclusion - counts.denominatorExclusion,
  denominatorException: from.denominatorException - counts.denominatorException,
  numerator: from.numerator - counts.numerator,
})
