import type { PopulationCode } from '../engine.ts'

type Members = ReadonlySet<string>

/** Raw members of each population a group defines: `chart` for boolean criteria, references for lists of resources. */
export type RawPopulations = Readonly<Partial<Record<PopulationCode, Members>>>

const none: Members = new Set()

/**
 * Counts of a proportion group's populations after gating, so that
 * rate = numerator / (denominator - exclusions - exceptions).
 *
 * Each population lies inside the one before it; an exclusion takes out of everything after it, an exception only
 * what missed the numerator (FHIR Quality Measure IG, "Proportion Measures").
 */
export function gate(raw: RawPopulations): Record<PopulationCode, number> {
  const initial = raw['initial-population'] ?? none
  const denominator = both(initial, raw.denominator ?? initial)
  const excluded = both(denominator, raw['denominator-exclusion'] ?? none)
  const eligible = without(denominator, excluded)
  const met = both(eligible, raw.numerator ?? none)
  const excludedFromNumerator = both(met, raw['numerator-exclusion'] ?? none)
  const excepted = both(without(eligible, met), raw['denominator-exception'] ?? none)
  return {
    'initial-population': initial.size,
    denominator: denominator.size,
    'denominator-exclusion': excluded.size,
    'denominator-exception': excepted.size,
    numerator: met.size - excludedFromNumerator.size,
    'numerator-exclusion': excludedFromNumerator.size,
  }
}

const both = (a: Members, b: Members): Members => new Set([...a].filter((member) => b.has(member)))
const without = (a: Members, b: Members): Members => new Set([...a].filter((member) => !b.has(member)))
