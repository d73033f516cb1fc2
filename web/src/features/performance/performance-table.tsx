import { graphql, type FragmentOf, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { count, percentFine, percentRange } from '../../lib/numbers.ts'
import { Icon } from '../../ui/icon.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import styles from './performance-table.module.css'

export const PerformanceTable_performance = graphql(`
  fragment PerformanceTable_performance on PayerPerformance {
    runId
    rows {
      scope
      practice {
        id
        name
      }
      measure {
        id
        title
      }
      hidden
      figuresOf
      figuresAt
      initialPopulation
      denominator
      denominatorExclusion
      denominatorException
      numerator
      rate
      interval {
        low
        high
      }
    }
  }
`)
type Row = ResultOf<typeof PerformanceTable_performance>['rows'][number]

const COUNTS = ['initialPopulation', 'denominator', 'denominatorExclusion', 'denominatorException', 'numerator'] as const

/**
 * Rows exactly as published and in that order. No sorting, filters or totals: each of them would help to work out a hidden figure.
 * A hidden row keeps its place and says so across all its figures.
 */
export function PerformanceTable({ performance }: { performance: FragmentOf<typeof PerformanceTable_performance> }) {
  const { rows, runId } = readFragment(PerformanceTable_performance, performance)
  const groups = [...Map.groupBy(rows, (row) => row.practice?.id ?? row.scope).entries()]
  return (
    <Section title={words.performance.table} note={words.performance.counts(rows.length, rows.filter((row) => row.hidden).length)}>
      <p className={styles['explained']}>{words.performance.suppression}</p>
      {rows.length > 0 && rows.every((row) => row.hidden) && <Notice title={words.performance.allHidden} />}
      <div className={styles['scroller']} role="group" aria-label={words.performance.table} tabIndex={0}>
        <table className={styles['table']} aria-label={words.performance.table}>
          <thead>
            <tr>
              <th scope="col">{words.performance.columns.who}</th>
              <th scope="col">{words.performance.columns.measure}</th>
              {COUNTS.map((name) => (
                <th key={name} scope="col" title={words.performance.hints[name]}>
                  {words.performance.columns[name]}
                </th>
              ))}
              <th scope="col">{words.performance.columns.rate}</th>
              <th scope="col">{words.performance.columns.interval}</th>
            </tr>
          </thead>
          {groups.map(([key, group]) => (
            <tbody key={key}>
              {group.map((row, index) => (
                <tr key={row.measure.id} className={row.scope === 'REGION' ? styles['region'] : ''}>
                  <th scope="row" className={index > 0 ? styles['repeated'] : ''}>
                    {row.practice?.name ?? words.performance.wholeRegion}
                  </th>
                  <td>
                    {row.measure.title}
                    {row.figuresAt && row.figuresOf !== runId && (
                      <p className="soft small" title={words.performance.keptWhy}>
                        {words.performance.kept} <At instant={row.figuresAt} />
                      </p>
                    )}
                  </td>
                  <Figures row={row} />
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </Section>
  )
}

function Figures({ row }: { row: Row }) {
  if (row.hidden)
    return (
      <td colSpan={COUNTS.length + 2} className={styles['hidden']}>
        <Icon name="hidden" size={14} /> {words.performance.hidden}
      </td>
    )
  return (
    <>
      {COUNTS.map((name) => (
        <td key={name}>{row[name] === null ? '' : count(row[name])}</td>
      ))}
      <td className="strong">{row.rate === null ? <span className="soft">{words.overview.nobody}</span> : percentFine(row.rate)}</td>
      <td>{row.interval && percentRange(row.interval.low, row.interval.high)}</td>
    </>
  )
}
