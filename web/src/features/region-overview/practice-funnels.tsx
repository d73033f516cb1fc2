import { ACTION, binomialLimits, WARNING } from '@carecommons/kernel/proportion'
import { percent, percentFine, percentRange, count } from '../../lib/numbers.ts'
import { periodName } from '../../lib/dates.ts'
import { ChartOrTable } from '../../ui/charts/chart-or-table.tsx'
import { Funnel } from '../../ui/charts/funnel.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'
import type { ComparedMeasure, PracticeComparison } from './compare-practices.ts'
import styles from './practice-funnels.module.css'

/** One funnel per measure: practices outside it are the ones to call first, because small numbers alone do not explain them. */
export function PracticeFunnels({ comparison }: { comparison: PracticeComparison }) {
  const { measures, practices, period } = comparison
  if (measures.length === 0) return null
  return (
    <ChartOrTable
      title={words.overview.funnels}
      note={words.overview.funnelsNote(period ? periodName(period) : '')}
      chart={
        <ul className={styles['funnels']}>
          {measures.map((measure) => (
            <li key={measure.id}>
              <h3>{measure.title}</h3>
              <p className="soft small">
                {words.overview.funnelNote(words.measures.direction[measure.improvement], percent(measure.regionRate))}
              </p>
              <Funnel
                points={pointsOf(comparison, measure)}
                reference={measure.regionRate}
                spoken={words.overview.funnelSpoken(
                  measure.title,
                  practices.length,
                  practices.filter((practice) => practice.worse.includes(measure)).length,
                )}
              />
            </li>
          ))}
        </ul>
      }
      table={
        <PlainTable
          label={words.overview.funnels}
          head={words.overview.funnelsHead}
          rows={measures.flatMap((measure) =>
            practices.flatMap((practice) => {
              const result = practice.results.get(measure.id)
              return result
                ? [
                    [
                      `${measure.title}, ${practice.name}`,
                      count(result.people),
                      percentFine(result.rate),
                      result.interval ? percentRange(result.interval.low, result.interval.high) : '',
                      ...[WARNING, ACTION].map((outside) => {
                        const { low, high } = binomialLimits(measure.regionRate, result.people, outside)
                        return percentRange(low, high)
                      }),
                      words.overview.standings[result.standing],
                    ],
                  ]
                : []
            }),
          )}
        />
      }
    />
  )
}

const pointsOf = ({ practices }: PracticeComparison, measure: ComparedMeasure) =>
  practices.flatMap(({ id, name, results }) => {
    const result = results.get(measure.id)
    return result && result.people > 0 ? [{ key: id, name, people: result.people, rate: result.rate, standing: result.standing }] : []
  })
