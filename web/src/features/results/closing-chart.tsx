import { FEWEST_POINTS } from '@carecommons/kernel/control-chart'
import { monthName } from '../../lib/dates.ts'
import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import { count, percentFine } from '../../lib/numbers.ts'
import { ChartOrTable } from '../../ui/charts/chart-or-table.tsx'
import { RunChart, RunChartKey } from '../../ui/charts/run-chart.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'
import { closingOf } from './months.ts'
import { drawn, markedOf, spokenOf } from './run-points.ts'
import styles from './results.module.css'

const t = words.results

export const ClosingChart_months = graphql(`
  fragment ClosingChart_months on PracticeMonths {
    measures {
      points {
        start
        end
        counted
        numerator
        rate
        openBefore
        closed
      }
    }
  }
`)
type Months = { months: FragmentOf<typeof ClosingChart_months> }

/** The number of the page: how much of what was open a month later is not. */
export function ClosingAnswer({ months }: Months) {
  const last = closingOf(readFragment(ClosingChart_months, months).measures).at(-1)
  if (!last) return null
  return (
    <p className={styles['answer']}>
      <span className={styles['number']}>{count(last.hits)}</span> {t.closed(last.hits, last.of, monthName(last.end))}
    </p>
  )
}

/** Whether more of what is open gets closed than is usual, month by month. */
export function ClosingChart({ months }: Months) {
  const points = closingOf(readFragment(ClosingChart_months, months).measures)
  if (points.length === 0) return null
  const marked = markedOf(points)
  return (
    <ChartOrTable
      title={t.closing}
      note={t.closingNote}
      chart={
        <div className={styles['wide']}>
          <RunChart points={drawn(points)} spoken={spokenOf(t.closing, points)} width={440} />
          <RunChartKey target={false} />
          {points.length < FEWEST_POINTS ? (
            <p className="small">{t.tooFew(points.length, FEWEST_POINTS)}</p>
          ) : (
            <ul className="small">
              {(marked.length > 0 ? marked : [t.nothingMarked]).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          <p className="soft small">{t.rules}</p>
        </div>
      }
      table={
        <PlainTable
          label={t.closing}
          head={t.closingHead}
          prose={[4]}
          rows={points
            .toReversed()
            .map(({ end, hits, of, value, signals }) => [
              monthName(end),
              count(of),
              count(hits),
              percentFine(value),
              signals.map((signal) => t.signals[signal]).join(', '),
            ])}
        />
      }
    />
  )
}
