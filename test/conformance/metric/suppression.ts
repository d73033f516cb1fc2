/** Initial population, denominator, exclusions, exceptions, numerator. */
type Five = readonly [number, number, number, number, number]

/** One payer's rows of one measure: what was counted, and what the payer may read. */
export interface PayerTable {
  readonly rows: readonly {
    readonly isRegion: boolean
    /** Null when there is no row for the payer at all. */
    readonly hidden: boolean | null
    readonly scored: Five
    readonly shown: readonly (number | null)[]
  }[]
}

/** What can be read off five counts: themselves and every rest of one within another. */
const readable = ([initial, denominator, exclusion, exception, numerator]: Five): Record<string, number> => ({
  'initial population': initial,
  denominator,
  exclusions: exclusion,
  exceptions: exception,
  numerator,
  'not in the denominator': initial - denominator,
  'not excluded': denominator - exclusion,
  'not excepted': denominator - exception,
  rated: denominator - exclusion - exception,
  'missed the numerator': denominator - exclusion - exception - numerator,
})

/** A surplus is read off like a rest: it is the people known to two practices. */
const isSmall = (count: number): boolean => Math.abs(count) >= 1 && Math.abs(count) <= 10

/** What is wrong with a released table, as somebody finds who knows that practice rows add up to the region's and tries every sum. */
export function faultsOf({ rows }: PayerTable): string[] {
  const faults: string[] = []
  for (const row of rows) {
    if (row.hidden === null) faults.push('a score has no row for its payer')
    else if (row.hidden && row.shown.some((count) => count !== null)) faults.push('a hidden row shows a count')
    else if (!row.hidden && row.shown.some((count, index) => count !== row.scored[index])) faults.push('a shown row is not the score')
    if (row.hidden === false) {
      for (const [what, count] of Object.entries(readable(row.scored)))
        if (isSmall(count)) faults.push(`a shown row tells of ${count} ${what}`)
    }
  }
  const region = rows.find(({ isRegion, hidden }) => isRegion && !hidden)
  const practices = rows.filter(({ isRegion }) => !isRegion)
  const hiddenOnes = practices.filter(({ hidden }) => hidden)
  if (!region) return faults
  const people = practices.filter(({ hidden }) => !hidden).reduce((left, { scored }) => left - scored[0], region.scored[0])
  if (hiddenOnes.length > 0 && people === hiddenOnes.length) faults.push('each hidden row must have exactly one person')
  for (const [what, total] of Object.entries(readable(region.scored))) {
    const rest = practices.filter(({ hidden }) => !hidden).reduce((left, { scored }) => left - readable(scored)[what]!, total)
    if (isSmall(rest)) faults.push(`between the region and the shown rows lie ${rest} ${what}`)
    // One hidden row is the rest itself; of several, one can be anything from nobody to the whole rest.
    const told =
      hiddenOnes.length === 1 || rest === 0 ? hiddenOnes.filter(({ scored }) => isSmall(readable(scored)[what]!) && rest >= 0) : []
    for (const { scored } of told) faults.push(`a hidden row must have ${readable(scored)[what]} ${what}`)
  }
  return faults
}
