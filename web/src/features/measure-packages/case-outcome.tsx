import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import { words } from '../../words/index.ts'
import styles from './case-outcome.module.css'

export const DeckOutcomeFacts = graphql(`
  fragment DeckOutcomeFacts on DeckOutcome @_unmask {
    id
    title
    verdict
    problem
    doubts
    differences {
      group
      stratum
      population
      expected
      got
    }
    evidence {
      group
      definition
      resources
    }
  }
`)

const t = words.packages.tests

/** A case that did not pass: what was expected and found, and what held. */
export function CaseOutcome({ outcome }: { outcome: ResultOf<typeof DeckOutcomeFacts> }) {
  return (
    <details className={styles['outcome']}>
      <summary>
        <span className="strong">{t.verdicts[outcome.verdict]}</span> {outcome.title || outcome.id}
      </summary>
      {outcome.problem && <p>{outcome.problem}</p>}
      {outcome.doubts.map((doubt) => (
        <p key={doubt} className="soft">
          {t.doubt(doubt)}
        </p>
      ))}
      <PlainTable
        label={outcome.title || outcome.id}
        head={t.differenceHead}
        rows={outcome.differences.map(({ population, stratum, expected, got }) => [
          [words.packages.populationCodes[population] ?? population, ...(stratum ? [stratum] : [])].join(', '),
          expected,
          got ?? t.nothing,
        ])}
      />
      <h3>{t.evidence}</h3>
      {outcome.evidence.length === 0 && <p className="soft">{t.noEvidence}</p>}
      <ul className={styles['evidence']}>
        {outcome.evidence.map(({ group, definition, resources }) => (
          <li key={`${group} ${definition}`}>
            {definition} {resources.length > 0 && <span className="soft small">{resources.join(', ')}</span>}
          </li>
        ))}
      </ul>
    </details>
  )
}
