import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { count, percent, percentFine, percentRange } from '../../lib/numbers.ts'
import { ChartOrTable } from '../../ui/charts/chart-or-table.tsx'
import { DotPlot } from '../../ui/charts/dot-plot.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'

export const RegionRates_performance = graphql(`
  fragment RegionRates_performance on PayerPerformance {
    rows {
      scope
      hidden
      numerator
      denominator
      denominatorExclusion
      denominatorException
      rate
      interval {
        low
        high
      }
      measure {
        id
        title
        improvement
      }
    }
  }
`)

/** The answer of the page: each measure over all members of this payer, with its interval. */
export function RegionRates({ performance }: { performance: FragmentOf<typeof RegionRates_performance> }) {
  const rows = readFragment(RegionRates_performance, performance).rows.filter((row) => row.scope === 'REGION')
  if (rows.every((row) => row.rate === null)) return null
  const people = (row: (typeof rows)[number]) => (row.denominator ?? 0) - (row.denominatorExclusion ?? 0) - (row.denominatorException ?? 0)
  return (
    <ChartOrTable
      title={words.performance.members}
      note={words.charts.intervalNote}
      chart={
        <DotPlot
          rows={rows.map((row) => ({
            key: row.measure.id,
            label: (
              <>
                <p className="strong">{row.measure.title}</p>
                <p className="soft small">{words.measures.direction[row.measure.improvement]}</p>
              </>
            ),
            own: row.rate === null ? null : { rate: row.rate, interval: row.interval },
            spoken: words.performance.spoken(row.measure.title, row.rate === null ? null : percent(row.rate)),
            value:
              row.rate === null ? (
                <p className="soft">{row.hidden ? words.performance.hidden : words.measures.nobodyCounted}</p>
              ) : (
                <p>
                  <span className="strong">{percent(row.rate)}</span>{' '}
                  <span className="soft small">{words.measures.ofPeople(row.numerator ?? 0, people(row))}</span>
                </p>
              ),
          }))}
        />
      }
      table={
        <PlainTable
          label={words.performance.members}
          head={words.performance.membersHead}
          rows={rows.map((row) => [
            row.measure.title,
            row.hidden ? words.performance.hidden : `${count(row.numerator ?? 0)} / ${count(people(row))}`,
            row.rate === null ? '' : percentFine(row.rate),
            row.interval ? percentRange(row.interval.low, row.interval.high) : '',
          ])}
        />
      }
    />
  )
}
