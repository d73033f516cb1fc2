import { useState } from 'react'
import { useQuery } from 'urql'
import { periodName } from '../../lib/dates.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { count } from '../../lib/numbers.ts'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ComparePackages, OtherVersion } from './compare-packages.tsx'
import styles from './comparisons.module.css'

const Comparisons = graphql(
  `
    query Comparisons_of($hash: String!) {
      packageComparisons(hash: $hash) {
        id
        beforeTitle
        beforeVersion
        afterTitle
        afterVersion
        period {
          start
          end
        }
        state
        chartsDone
        chartsTotal
        requestedAt
        failure
        moves {
          group
          before
          after
          charts
          reasons {
            definition
            change
            charts
          }
        }
      }
      measurePackages {
        ...OtherVersion
      }
    }
  `,
  [OtherVersion],
)
type Comparison = ResultOf<typeof Comparisons>['packageComparisons'][number]

const t = words.comparisons
const isWorking = ({ state }: Pick<Comparison, 'state'>): boolean => state === 'QUEUED' || state === 'RUNNING'
const shown = (charts: number | null): string => (charts === null ? t.hidden : count(charts))

/** Comparisons of a version with others on the live charts: how far, who moves where, and which definitions decide it. */
export function ComparisonsOf({ hash, title }: { hash: string; title: string }) {
  const [result, again] = useQuery({ query: Comparisons, variables: { hash } })
  const [comparing, setComparing] = useState(false)
  const refresh = () => again({ requestPolicy: 'network-only' })
  useMoved('runs', refresh)
  return (
    <Section
      title={t.title}
      note={t.note}
      aside={
        <Button icon="columns" onClick={() => setComparing(true)}>
          {t.compare}
        </Button>
      }
    >
      <Loaded result={result} height={80} retry={refresh}>
        {({ packageComparisons, measurePackages }) => (
          <>
            {packageComparisons.length === 0 && <p className="soft">{t.none}</p>}
            {packageComparisons.map((comparison) => (
              <One key={comparison.id} comparison={comparison} />
            ))}
            {comparing && (
              <ComparePackages
                hash={hash}
                title={title}
                others={measurePackages.filter((one) => one.hash !== hash)}
                onClose={() => setComparing(false)}
                onDone={refresh}
              />
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function One({ comparison }: { comparison: Comparison }) {
  const { beforeTitle, beforeVersion, afterTitle, afterVersion, period, moves } = comparison
  const name = t.between(t.from(beforeTitle, beforeVersion), t.from(afterTitle, afterVersion), periodName(period))
  return (
    <article className={styles['comparison']} aria-label={name}>
      <p>
        <span className="strong">{name}</span>{' '}
        <span className="soft small">
          <At instant={comparison.requestedAt} clock />
        </span>
      </p>
      {isWorking(comparison) && (
        <p role="status">
          <progress max={Math.max(1, comparison.chartsTotal)} value={comparison.chartsDone} aria-label={t.progress} />{' '}
          {t.chartsOf(comparison.chartsDone, comparison.chartsTotal)}
        </p>
      )}
      {comparison.state === 'FAILED' && (
        <Notice tone="warn" title={words.packages.tests.states.FAILED}>
          {comparison.failure}
        </Notice>
      )}
      {comparison.state === 'DONE' && moves.length === 0 && <p>{t.nobody}</p>}
      {comparison.state === 'DONE' && moves.length > 0 && (
        <>
          <PlainTable
            label={name}
            head={t.head}
            prose={[1, 3]}
            rows={moves.map(({ group, before, after, charts, reasons }) => [
              `${moves.some((move) => move.group > 0) ? `${t.groupOf(group + 1)}: ` : ''}${t.places[before]}`,
              t.places[after],
              shown(charts),
              <ul key="reasons" className={styles['reasons']}>
                {reasons.slice(0, 4).map((reason) => (
                  <li key={`${reason.change} ${reason.definition}`}>{t.reason(reason.definition, reason.change, shown(reason.charts))}</li>
                ))}
              </ul>,
            ])}
          />
          {moves.some(({ charts }) => charts === null) && <p className="soft small">{t.hiddenNote}</p>}
        </>
      )}
    </article>
  )
}
