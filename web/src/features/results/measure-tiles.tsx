import { FEWEST_POINTS } from '@carecommons/kernel/control-chart'
import { Link } from 'react-router'
import { useMay } from '../../app/ability.ts'
import { monthName, periodName, shortDay } from '../../lib/dates.ts'
import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { count, percent, percentFine, percentRange, points as pointsOf } from '../../lib/numbers.ts'
import { peopleToTarget, ratedPeople, ScoreFigures } from '../../lib/scores.ts'
import { ChartOrTable } from '../../ui/charts/chart-or-table.tsx'
import { RunChart, RunChartKey } from '../../ui/charts/run-chart.tsx'
import { keyOfPeriod } from '../../ui/period-select.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'
import { amongPeers, changeOf, placeOf, yearsOf } from './months.ts'
import { drawn, markedOf, spokenOf } from './run-points.ts'
import styles from './results.module.css'

const t = words.results

export const MeasureTiles_practice = graphql(
  `
    fragment MeasureTiles_practice on PracticeOverview {
      comparisons {
        measure {
          id
        }
        own {
          ...ScoreFigures
          recorded
          recordedUntil
        }
        peers
      }
      months {
        engine
        watermark
        measures {
          measure {
            id
            title
            description
            improvement
            version
            packageHash
          }
          points {
            start
            end
            counted
            numerator
            rate
            interval {
              low
              high
            }
            openBefore
            closed
          }
        }
      }
    }
  `,
  [ScoreFigures],
)
type Practice = { practice: FragmentOf<typeof MeasureTiles_practice> }
/** What was begun in a measure, and on which day. */
type Beginning = { readonly measureId: string; readonly on: string; readonly aim: string }
type Months = NonNullable<ResultOf<typeof MeasureTiles_practice>['months']>
type Measure = Months['measures'][number]
type Comparison = ResultOf<typeof MeasureTiles_practice>['comparisons'][number]

/** The page's answer: in how many measures chance does not explain the difference from a year ago. */
export function YearAnswer({ practice }: Practice) {
  const { months } = readFragment(MeasureTiles_practice, practice)
  const verdicts = (months?.measures ?? []).flatMap(({ points, measure }) => changeOf(points, measure.improvement)?.verdict ?? [])
  if (verdicts.length === 0) return null
  const tally = (wanted: string) => verdicts.filter((verdict) => verdict === wanted).length
  return <p>{t.answer({ better: tally('better'), worse: tally('worse'), of: verdicts.length })}</p>
}

/** Each measure over two years: the figure of today, whether it moved, where others are, what it rests on and who is behind it. */
export function MeasureTiles({ practice, beginnings }: Practice & { beginnings: readonly Beginning[] }) {
  const { months, comparisons } = readFragment(MeasureTiles_practice, practice)
  if (!months) return null
  return (
    <ChartOrTable
      title={t.measures}
      note={t.measuresNote}
      chart={
        <>
          <ul className={styles['tiles']}>
            {months.measures.map((one) => (
              <Tile
                key={one.measure.id}
                one={one}
                months={months}
                comparison={comparisons.find(({ measure }) => measure.id === one.measure.id)}
                beginnings={beginnings.filter(({ measureId }) => measureId === one.measure.id)}
              />
            ))}
          </ul>
          <RunChartKey target={comparisons.some(({ own }) => own?.target != null)} beginnings={beginnings.length > 0} />
          <p className="soft small">{t.rulesOfYears}</p>
        </>
      }
      table={<PlainTable label={t.measures} head={t.measuresHead} prose={[5]} rows={months.measures.flatMap(rowsOf)} />}
    />
  )
}

function Tile({
  one: { measure, points },
  months,
  comparison,
  beginnings,
}: {
  one: Measure
  months: Months
  comparison: Comparison | undefined
  beginnings: readonly Beginning[]
}) {
  const run = yearsOf(points)
  const own = comparison?.own ?? null
  const change = changeOf(points, measure.improvement)
  const marked = markedOf(run)
  const ends = run.map(({ end }) => end)
  const begun = beginnings.flatMap(({ on, aim }) => {
    const at = placeOf(on, ends)
    return at === null ? [] : [{ at, label: words.improvement.mark(shortDay(on), aim) }]
  })
  const among = own?.rate == null ? null : amongPeers(own.rate, comparison?.peers ?? [], measure.improvement)
  return (
    <li className={styles['tile']}>
      <h3>{measure.title}</h3>
      <p className="soft small">{words.measures.direction[measure.improvement]}</p>
      <div>
        {run.length > 0 ? (
          <RunChart points={drawn(run)} target={own?.target ?? null} beginnings={begun} spoken={spokenOf(measure.title, run)} />
        ) : (
          <p className="soft">{words.measures.nobodyCounted}</p>
        )}
      </div>
      <ul className="small">
        <li className="strong">
          {change
            ? t.yearAgo(pointsOf(change.difference), pointsOf(change.interval.low), pointsOf(change.interval.high), change.verdict)
            : t.noYearAgo}
        </li>
        {begun.map(({ label }) => (
          <li key={label}>{label}</li>
        ))}
        {marked.slice(0, 2).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {run.length <= FEWEST_POINTS && <li>{t.tooFew(run.length, FEWEST_POINTS + 1)}</li>}
        {own?.rate != null && own.interval && (
          <li>
            {periodName(own.period)}: {words.measures.ofPeople(own.numerator, ratedPeople(own))}, {percent(own.rate)} (
            {percentRange(own.interval.low, own.interval.high)})
          </li>
        )}
        {own?.target != null && (
          <li>
            {words.measures.toTarget(
              words.measures.targetOf(measure.improvement, percent(own.target)),
              peopleToTarget(own, own.target, measure.improvement),
            )}
          </li>
        )}
        <li>
          {among
            ? t.peers(among.ahead, among.of, among.middle && percent(among.middle.low), among.middle && percent(among.middle.high))
            : t.noPeers}
        </li>
        {own?.recorded != null && own.denominator > 0 && (
          <li className="soft">
            {own.recordedUntil ? t.ground(shortDay(own.recordedUntil), percent(1 - own.recorded / own.denominator)) : t.noGround}
          </li>
        )}
      </ul>
      <About measure={measure} months={months} own={own} />
    </li>
  )
}

function About({ measure, months, own }: { measure: Measure['measure']; months: Months; own: Comparison['own'] }) {
  const may = useMay()
  const open = own && (measure.improvement === 'INCREASE' ? ratedPeople(own) - own.numerator : own.numerator)
  return (
    <details className="small">
      <summary>
        {t.about}
        <span className="visuallyHidden"> {measure.title}</span>
      </summary>
      <p>{measure.description}</p>
      <p className="soft" title={measure.packageHash}>
        {t.version(measure.version, measure.packageHash.slice(0, 12), months.engine, months.watermark)}
      </p>
      {own && open !== null && open > 0 && may('read', 'Chart') && (
        <p>
          <Link to={`/registry?${new URLSearchParams({ measure: measure.id, population: 'OPEN', period: keyOfPeriod(own.period) })}`}>
            {t.behind(open)}
          </Link>
        </p>
      )}
    </details>
  )
}

function rowsOf({ measure, points }: Measure): React.ReactNode[][] {
  const run = new Map(yearsOf(points).map((point) => [point.end, point]))
  return points
    .toReversed()
    .map(({ end, numerator, counted, rate, interval }) => [
      measure.title,
      monthName(end),
      `${count(numerator)} / ${count(counted)}`,
      rate === null ? '' : percentFine(rate),
      interval ? percentRange(interval.low, interval.high) : '',
      (run.get(end)?.signals ?? []).map((signal) => t.signals[signal]).join(', '),
    ])
}
