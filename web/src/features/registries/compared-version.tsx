import type { ResultOf } from '../../lib/graphql.ts'
import { graphql } from '../../lib/graphql.ts'
import { count } from '../../lib/numbers.ts'
import { Notice } from '../../ui/notice.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import styles from './compared-version.module.css'

export const ComparedVersion_comparison = graphql(`
  fragment ComparedVersion_comparison on RegistryComparison @_unmask {
    id
    title
    beforeVersion
    afterHash
    afterVersion
    asOf
    state
    chartsDone
    chartsTotal
    isCurrent
    all {
      enters
      leaves
      stays
    }
    practices {
      practiceId
      practiceName
      enters
      leaves
      stays
    }
    reasons {
      move
      clause
      part
      change
      people
    }
    requestedAt
    failure
  }
`)
export type Comparison = ResultOf<typeof ComparedVersion_comparison>

const t = words.registries.compared
const shown = (people: number | null): string => (people === null ? t.few : count(people))

/** How far a comparison is; done, who would come in and leave by practice, and which clauses decide it. */
export function ComparedVersion({ comparison }: { comparison: Comparison }) {
  const { title, beforeVersion, afterVersion, asOf, state, chartsDone, chartsTotal, isCurrent, all, practices, failure } = comparison
  const name = t.between(title, beforeVersion, afterVersion)
  return (
    <article className={styles['compared']} aria-label={name}>
      <p>
        <span className="strong">{name}</span>{' '}
        {asOf && (
          <span className="soft small">
            {t.asOf} <OnDay day={asOf} />
          </span>
        )}
      </p>
      {(state === 'QUEUED' || state === 'RUNNING') && (
        <p role="status">
          <progress max={Math.max(1, chartsTotal)} value={chartsDone} aria-label={words.comparisons.progress} />{' '}
          {words.comparisons.chartsOf(chartsDone, chartsTotal)}
        </p>
      )}
      {state === 'FAILED' && (
        <Notice tone="warn" title={t.failed}>
          {failure}
        </Notice>
      )}
      {all && (
        <>
          {!isCurrent && <p className="soft small">{t.past}</p>}
          <p>{t.inAll(all.enters, all.leaves, all.stays)}</p>
          <Reasons comparison={comparison} />
          <PlainTable
            label={t.byPractice(name)}
            head={t.head}
            rows={practices.map(({ practiceName, enters, leaves, stays }) => [practiceName, shown(enters), shown(leaves), shown(stays)])}
          />
        </>
      )}
    </article>
  )
}

function Reasons({ comparison: { reasons } }: { comparison: Comparison }) {
  if (reasons.length === 0) return <p className="soft small">{t.noReasons}</p>
  return (
    <ul className={styles['reasons']}>
      {reasons.map(({ move, clause, part, change, people }) => (
        <li key={`${move} ${part} ${change} ${clause}`}>{t.reason[move](t.clause(clause, part, change), people)}</li>
      ))}
    </ul>
  )
}
