import { hospital, lace, recentStay } from './after-discharge.ts'
import { charlson } from './charlson.ts'
import { opportunity } from './opportunity.ts'
import type { RiskChart, RiskResult } from './risk-chart.ts'
import { segment, tier } from './tier.ts'

/** What every model says of a chart; LACE and HOSPITAL of people who came home within thirty days. */
export function scoreChart(chart: RiskChart): RiskResult[] {
  const stay = recentStay(chart)
  return [
    tier(chart),
    segment(chart),
    opportunity(chart),
    charlson(chart, 'charlson-1987'),
    charlson(chart, 'charlson-quan-2011'),
    ...(stay ? [lace(chart, stay), hospital(chart, stay)] : []),
  ]
}
