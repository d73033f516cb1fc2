import { periodName } from '../../lib/dates.ts'
import { graphql, type FragmentOf, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { count, percent, percentFine, percentRange } from '../../lib/numbers.ts'
import { peopleToTarget, ratedPeople, ScoreFigures } from '../../lib/scores.ts'
import { standing, type Standing } from '../../lib/standing.ts'
import { ChartOrTable } from '../../ui/charts/chart-or-table.tsx'
import { DotPlot, type DotRow } from '../../ui/charts/dot-plot.tsx'
import { Empty } from '../../ui/empty.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'

export const ComparisonPlot_practice = graphql(
  `
    fragment ComparisonPlot_practice on PracticeOverview {
      comparisons(period: $period) {
        measure {
          id
          title
          improvement
        }
        own {
          ...ScoreFigures
        }
        region {
          rate
        }
        peers
      }
    }
  `,
  [ScoreFigures],
)
type Practice = { practice: FragmentOf<typeof ComparisonPlot_practice> }
type Comparison = ResultOf<typeof ComparisonPlot_practice>['comparisons'][number]

/** The page's answer in one sentence: in how many measures chance does not explain the difference from the region. */
export function ComparisonAnswer({ practice }: Practice) {
  const { comparisons } = readFragment(ComparisonPlot_practice, practice)
  const verdicts = comparisons.map(verdictOf).filter((verdict) => verdict !== null)
  if (verdicts.length === 0) return null
  const tally = (wanted: Standing) => verdicts.filter((verdict) => verdict === wanted).length
  return <p>{words.measures.answer({ better: tally('better'), worse: tally('worse'), of: verdicts.length })}</p>
}

/** Own rate with its 95 % interval against the region and unnamed peers, a row per measure. */
export function ComparisonPlot({ practice }: Practice) {
  const { comparisons } = readFragment(ComparisonPlot_practice, practice)
  const period = comparisons.find((comparison) => comparison.own)?.own?.period
  if (!period) return <Empty title={words.measures.nonePublished}>{words.measures.nonePublishedAdvice}</Empty>
  return (
    <ChartOrTable
      title={words.measures.comparison}
      note={periodName(period)}
      chart={<DotPlot rows={comparisons.map(rowOf)} />}
      table={<PlainTable label={words.measures.comparison} head={words.measures.comparisonHead} rows={comparisons.map(cellsOf)} />}
    />
  )
}

function rowOf(comparison: Comparison): DotRow {
  const { measure, own, region, peers } = comparison
  const verdict = verdictOf(comparison)
  const place = own?.rate == null ? null : ahead(peers, own.rate, measure.improvement)
  return {
    key: measure.id,
    label: (
      <>
        <p className="strong">{measure.title}</p>
        <p className="soft small">{words.measures.direction[measure.improvement]}</p>
      </>
    ),
    own: own?.rate == null ? null : { rate: own.rate, interval: own.interval },
    region: region?.rate ?? null,
    target: own?.target ?? null,
    peers,
    spoken: words.measures.spoken(measure.title, own?.rate == null ? null : percent(own.rate), region && percent(region.rate)),
    value:
      own?.rate == null ? (
        <p className="soft">{words.measures.nobodyCounted}</p>
      ) : (
        <>
          <p>
            <span className="strong">{percent(own.rate)}</span>{' '}
            <span className="soft small">{words.measures.ofPeople(own.numerator, ratedPeople(own))}</span>
          </p>
          {own.target !== null && <p className="small">{aimOf(own, own.target)}</p>}
          <p className="small">{verdict && words.measures.verdicts[verdict]}</p>
          {place !== null && <p className="soft small">{words.measures.ahead(place, peers.length)}</p>}
        </>
      ),
  }
}

const cellsOf = ({ measure, own, region, peers }: Comparison): React.ReactNode[] => [
  measure.title,
  own ? `${count(own.numerator)} / ${count(ratedPeople(own))}` : '',
  own?.rate == null ? '' : percentFine(own.rate),
  own?.interval ? percentRange(own.interval.low, own.interval.high) : '',
  own?.target == null ? '' : aimOf(own, own.target),
  region ? percent(region.rate) : '',
  peers.length === 0 ? '' : percentRange(Math.min(...peers), Math.max(...peers)),
  words.measures.direction[measure.improvement],
]

const aimOf = (own: ScoreFigures, target: number): string =>
  words.measures.toTarget(
    words.measures.targetOf(own.measure.improvement, percent(target)),
    peopleToTarget(own, target, own.measure.improvement),
  )

function verdictOf({ own, region, measure }: Comparison): Standing | null {
  return own?.interval && region ? standing(own.interval, region.rate, measure.improvement) : null
}

/** Peers this rate does better than; null without peers. */
function ahead(peers: readonly number[], rate: number, improvement: 'INCREASE' | 'DECREASE'): number | null {
  if (peers.length === 0) return null
  return peers.filter((peer) => (improvement === 'INCREASE' ? rate > peer : rate < peer)).length
}
