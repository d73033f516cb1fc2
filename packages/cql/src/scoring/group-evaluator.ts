import { populationCodes, type ClauseResult, type GroupMembership, type MeasureGroup, type PopulationCode } from '../engine.ts'
import type { GroupDefinition } from './measure-definition.ts'
import { groupScorer, type ChartValues, type GroupResult } from './score-chart.ts'

/** Scores charts in a group and keeps what decided. */
export interface GroupEvaluator {
  readonly definition: GroupDefinition
  /** Definitions that the group's criteria reach, in an order that results refer to. */
  readonly clauses: readonly string[]
  evaluate(values: ChartValues): GroupMembership
}

/** Most references that a membership keeps. */
const mostEvidence = 50
const nothing: readonly never[] = []

export function groupEvaluator(definition: GroupDefinition, clauses: readonly string[]): GroupEvaluator {
  const scorer = groupScorer(definition)
  const evaluate = (values: ChartValues): GroupMembership => {
    const result = scorer.score(values)
    const held = clausesHeld(clauses, values)
    const strata = result.strata.map((stratum) => ({ ...stratum, populations: countsByCode(definition, stratum) }))
    return { ...result, strata, populations: countsByCode(definition, result), evidence: evidenceIn(held), clauses: held }
  }
  return { definition, clauses, evaluate }
}

/** A group as a loaded measure shows it. */
export const measureGroup = ({ definition, clauses }: GroupEvaluator): MeasureGroup => ({
  ...{ id: definition.id, basis: definition.basis, definition, clauses },
  populations: populationCodes.filter((code) => definition.populations.some((population) => population.code === code)),
})

/** Somebody of whom nothing could be computed is in no population. */
export function nowhere(definition: GroupDefinition): GroupMembership {
  const populations = Object.fromEntries(populationCodes.map((code) => [code, 0])) as GroupMembership['populations']
  const counts = definition.populations.map(() => 0)
  return {
    counts,
    observations: definition.observations.map(() => nothing),
    strata: nothing,
    populations,
    evidence: nothing,
    clauses: nothing,
  }
}

function countsByCode({ populations }: GroupDefinition, { counts }: Pick<GroupResult, 'counts'>): Record<PopulationCode, number> {
  const of = (code: PopulationCode): number => {
    let sum = 0
    for (let index = 0; index < populations.length; index++) if (populations[index]!.code === code) sum += counts[index]!
    return sum
  }
  const initial = of('initial-population')
  const excluded = of('numerator-exclusion')
  return {
    'initial-population': initial,
    denominator: populations.some(({ code }) => code === 'denominator') ? of('denominator') : initial,
    'denominator-exclusion': of('denominator-exclusion'),
    'denominator-exception': of('denominator-exception'),
    numerator: of('numerator') - excluded,
    'numerator-exclusion': excluded,
  }
}

/** Of the clauses that were looked at those that held: true, or a list with something in it, or a single something. */
function clausesHeld(clauses: readonly string[], values: ChartValues): ClauseResult[] {
  const held: ClauseResult[] = []
  for (let clause = 0; clause < clauses.length; clause++) {
    const value = values.peek(clauses[clause]!)
    if (value === undefined || value === null || value === false) continue
    if (Array.isArray(value)) {
      if (value.length > 0) held.push({ clause, resources: referencesIn(value, values) })
      continue
    }
    if (value === true) {
      held.push({ clause, resources: referencesIn(values.found?.(clauses[clause]!) ?? nothing, values) })
      continue
    }
    const reference = values.referenceOf(value)
    held.push({ clause, resources: reference === null ? nothing : [reference] })
  }
  return held
}

function referencesIn(list: readonly unknown[], values: ChartValues): readonly string[] {
  const found: string[] = []
  for (const item of list) {
    const reference = item === null ? null : values.referenceOf(item)
    if (reference !== null && found.length < mostEvidence && !found.includes(reference)) found.push(reference)
  }
  return found.length === 0 ? nothing : found
}

/** What definitions returned, the shortest lists first: a year of visits must not push out the one result that decided. */
function evidenceIn(clauses: readonly ClauseResult[]): readonly string[] {
  const lists = clauses.filter(({ resources }) => resources.length > 0).map(({ resources }) => resources)
  if (lists.length === 0) return nothing
  lists.sort((a, b) => a.length - b.length)
  const found = new Set<string>()
  for (const list of lists) for (const reference of list) if (found.size < mostEvidence) found.add(reference)
  return [...found]
}
