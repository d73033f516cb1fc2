import { ACTION, binomialLimits } from '@carecommons/kernel/proportion'
import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { newest, type PeriodDays, ratedPeople, samePeriod, ScoreFigures } from '../../lib/scores.ts'
import { funnelStanding, type Improvement, type Standing } from '../../lib/standing.ts'

export const Practices_region = graphql(
  `
    fragment Practices_region on RegionOverview {
      scores {
        ...ScoreFigures
      }
      practices(period: $period) {
        organization {
          id
          name
          city
        }
        chartCount
        dataThrough
        hidden
        scores {
          ...ScoreFigures
        }
      }
    }
  `,
  [ScoreFigures],
)

/** One practice's result in one measure; `standing` is outside the 99.8 % limits of the funnel or `alike`. */
export type Result = { rate: number; people: number; numerator: number; interval: { low: number; high: number } | null; standing: Standing }
export type ComparedMeasure = {
  id: string
  title: string
  improvement: Improvement
  regionRate: number
  interval: { low: number; high: number } | null
  target: number | null
}
export type ComparedPractice = {
  id: string
  name: string
  city: string | null
  /** Null: 10 or fewer. */
  charts: number | null
  dataThrough: string | null
  results: ReadonlyMap<string, Result>
  /** Measures of too few people to tell. */
  hidden: ReadonlySet<string>
  worse: ComparedMeasure[]
}
export type PracticeComparison = { period: PeriodDays | undefined; measures: ComparedMeasure[]; practices: ComparedPractice[] }

/** Every practice against the region's rate of the same period. */
export function comparePractices(region: FragmentOf<typeof Practices_region>, wanted: PeriodDays | undefined): PracticeComparison {
  const { scores, practices } = readFragment(Practices_region, region)
  const regionScores = wanted ? scores.filter((score) => samePeriod(score.period, wanted)) : newest(scores)
  const period = regionScores[0]?.period
  const measures = regionScores.flatMap(({ measure, rate, interval, target }) =>
    rate === null ? [] : [{ ...measure, regionRate: rate, interval, target }],
  )
  return {
    period,
    measures,
    practices: practices.map(({ organization, chartCount, dataThrough, scores: own, hidden }) => {
      const results = new Map<string, Result>()
      for (const measure of measures) {
        const score = own.find((one) => one.measure.id === measure.id && period && samePeriod(one.period, period))
        if (score?.rate == null) continue
        const people = ratedPeople(score)
        const limits = binomialLimits(measure.regionRate, people, ACTION)
        results.set(measure.id, {
          rate: score.rate,
          people,
          numerator: score.numerator,
          interval: score.interval,
          standing: funnelStanding(score.rate, limits, measure.improvement),
        })
      }
      const worse = measures.filter((measure) => results.get(measure.id)?.standing === 'worse')
      const { id, name, city } = organization
      return { id, name, city, charts: chartCount, dataThrough, results, hidden: new Set(hidden), worse }
    }),
  }
}
