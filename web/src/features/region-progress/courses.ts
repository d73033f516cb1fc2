import { differenceInterval, type Interval, wilsonInterval } from '@carecommons/kernel/proportion'
import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../lib/graphql.ts'
import type { Improvement, Standing } from '../../lib/standing.ts'

export const Courses_months = graphql(`
  fragment Courses_months on RegionMonths {
    endsOn
    measures {
      measure {
        id
        title
        description
        improvement
        version
        packageHash
      }
      practices {
        practiceId
        name
        people
        rates
        watermark
      }
    }
  }
`)
type Measure = ResultOf<typeof Courses_months>['measures'][number]

/** A practice in a measure; null where it is not told, or there was no year before. */
export interface Course {
  readonly id: string
  readonly name: string
  readonly rates: readonly (number | null)[]
  readonly people: number
  readonly now: number
  readonly interval: Interval
  readonly before: number | null
  readonly change: { readonly difference: number; readonly verdict: Standing } | null
}
export interface MeasureCourses {
  readonly measure: Measure['measure']
  readonly watermarks: readonly string[]
  readonly courses: readonly Course[]
}
export interface RegionCourses {
  readonly endsOn: readonly string[]
  readonly measures: readonly MeasureCourses[]
}

const YEAR = 12

/** What each practice's last year says against the one before: whose difference chance does not explain first, those that got worse before all. */
export function coursesOf(masked: FragmentOf<typeof Courses_months>): RegionCourses {
  const { endsOn, measures } = readFragment(Courses_months, masked)
  return {
    endsOn,
    measures: measures.map(({ measure, practices }) => ({
      measure,
      watermarks: [...new Set(practices.map(({ watermark }) => watermark))].sort((a, b) => Number(a) - Number(b)),
      courses: practices
        .flatMap((practice) => courseOf(practice, measure.improvement) ?? [])
        .sort((a, b) => rankOf(a) - rankOf(b) || a.name.localeCompare(b.name)),
    })),
  }
}

function courseOf({ practiceId, name, people, rates }: Measure['practices'][number], improvement: Improvement): Course | null {
  const [now, of] = [rates.at(-1), people.at(-1)]
  if (now == null || !of) return null
  const [before, ofBefore] = [rates.at(-1 - YEAR) ?? null, people.at(-1 - YEAR)]
  const common = { id: practiceId, name, rates, people: of, now, interval: wilsonInterval(now * of, of) }
  if (before === null || !ofBefore) return { ...common, before: null, change: null }
  const interval = differenceInterval({ hits: now * of, of }, { hits: before * ofBefore, of: ofBefore })
  const isChance = interval.low <= 0 && interval.high >= 0
  const verdict = isChance ? 'alike' : interval.low > 0 === (improvement === 'INCREASE') ? 'better' : 'worse'
  return { ...common, before, change: { difference: now - before, verdict } }
}

const rankOf = ({ change }: Course): number => (change ? { worse: 0, better: 1, alike: 2 }[change.verdict] : 3)

/** The rate of the practice in the middle, month by month. */
export const middleOf = (courses: readonly Course[], months: number): (number | null)[] =>
  Array.from({ length: months }, (_, month) => {
    const rates = courses.flatMap(({ rates }) => rates[month] ?? []).sort((a, b) => a - b)
    const [below, above] = [rates[Math.floor((rates.length - 1) / 2)], rates[Math.ceil((rates.length - 1) / 2)]]
    return below === undefined || above === undefined ? null : (below + above) / 2
  })
