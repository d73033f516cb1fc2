import { charlsonGroups, type CharlsonGroup, charlsonHierarchy, type CharlsonModel, charlsonWeights } from './charlson-tables.ts'
import { factsByGroup, notRead, type RiskChart, type RiskInput, type RiskResult, sumOf } from './risk-chart.ts'

const KEYS = Object.keys(charlsonGroups) as CharlsonGroup[]

/** The Charlson groups of a chart with the problems that say so; of two degrees of one illness the milder is left out. */
export function charlsonGroupsOf(chart: RiskChart): Map<CharlsonGroup, readonly string[]> {
  const facts = factsByGroup(chart)
  const found = new Map<CharlsonGroup, readonly string[]>()
  for (const key of KEYS) {
    const of = facts.get(`charlson:${key}`)
    if (of) found.set(key, of)
  }
  for (const [severe, mild] of charlsonHierarchy) if (found.has(severe)) found.delete(mild)
  return found
}

/** The index under one set of weights, without points for age. */
export function charlson(chart: RiskChart, model: CharlsonModel): RiskResult {
  const weights: Readonly<Record<CharlsonGroup, number>> = charlsonWeights[model].weights
  const inputs: RiskInput[] = [...charlsonGroupsOf(chart)].map(([key, facts]) => ({
    text: charlsonGroups[key].title,
    points: weights[key],
    facts,
  }))
  return { model, score: sumOf(inputs), band: null, inputs: [...inputs, ...notRead(chart)] }
}
