import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import styles from './package-groups.module.css'

export const PackageGroupsOf = graphql(`
  fragment PackageGroupsOf on PackagePage @_unmask {
    groups {
      id
      scoring
      basis
      improvementNotation
      populations {
        code
        definition
        logic {
          depth
          words
        }
      }
      observations {
        definition
        aggregate
        over
      }
      stratifiers {
        id
        definitions
      }
    }
  }
`)
type Group = ResultOf<typeof PackageGroupsOf>['groups'][number]

const t = words.packages

/** What is counted: each population with its logic in words, which opens below it. */
export function PackageGroups({ page: { groups } }: { page: ResultOf<typeof PackageGroupsOf> }) {
  return (
    <Section title={t.groups} note={t.groupsNote}>
      {groups.map((group, index) => (
        <div key={group.id} className={styles['group']}>
          <h3>
            {t.groupOf(index + 1, groups.length)} <span className="soft">{t.counts(group.scoring, group.basis)}</span>
          </h3>
          {group.populations.map((population, place) => (
            <Population key={place} {...population} />
          ))}
          {group.observations.map(({ definition, aggregate, over }) => (
            <p key={definition}>{t.observation(definition, aggregate, over)}</p>
          ))}
          {group.stratifiers.length > 0 && (
            <p>
              {t.strata}: {group.stratifiers.flatMap(({ definitions }) => definitions).join(', ')}
            </p>
          )}
          {group.improvementNotation && <p className="soft small">{t.says(t.directions[group.improvementNotation])}</p>}
        </div>
      ))}
    </Section>
  )
}

function Population({ code, definition, logic }: Group['populations'][number]) {
  return (
    <details className={styles['population']}>
      <summary>
        <span className="strong">{t.populationCodes[code] ?? code}</span> <span className="soft">{definition}</span>
      </summary>
      <ol className={styles['logic']}>
        {logic.map(({ depth, words: line }, index) => (
          <li key={index} style={{ paddingInlineStart: `${Math.min(depth, 14) * 16}px` }}>
            {line}
          </li>
        ))}
      </ol>
    </details>
  )
}
