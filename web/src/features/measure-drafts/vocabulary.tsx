import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { count } from '../../lib/numbers.ts'
import { LimitedList, Line } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import styles from './draft-page.module.css'

export const VocabularyOf = graphql(`
  fragment VocabularyOf on CqlVocabulary @_unmask {
    libraries {
      name
      version
      definitions
    }
    valueSets {
      url
      title
      codes
    }
  }
`)
type Words = ResultOf<typeof VocabularyOf>

/** What the editor completes beside the language and the text's own names. */
export const namesOf = ({ libraries, valueSets }: Words) => [
  ...libraries.flatMap(({ name, version, definitions }) => [
    { label: `include ${name} version '${version}'`, type: 'keyword', detail: name },
    ...definitions.map((definition) => ({
      label: /\s/.test(definition) ? `${name}."${definition}"` : definition,
      type: 'function',
      detail: name,
    })),
  ]),
  ...valueSets.map(({ url, title, codes }) => ({
    label: `"${title}": '${url}'`,
    displayLabel: title,
    type: 'constant',
    detail: `${count(codes)}`,
  })),
]

/** Libraries and value sets that a regional measure can be built upon. */
export function Vocabulary({ vocabulary: { libraries, valueSets } }: { vocabulary: Words }) {
  const t = words.drafts
  return (
    <>
      <Section title={t.libraries} note={t.librariesNote}>
        {libraries.map(({ name, version, definitions }) => (
          <details key={name}>
            <summary>
              {name} <span className="soft small">{version}</span>
            </summary>
            <ul className={styles['names']}>
              {[...new Set(definitions)].map((definition) => (
                <li key={definition} className="small">
                  {definition}
                </li>
              ))}
            </ul>
          </details>
        ))}
      </Section>
      <Section title={words.packages.valueSets} note={t.valueSetsNote}>
        <LimitedList items={valueSets} most={8} keyOf={({ url }) => url} empty="">
          {({ title, url, codes }) => (
            <Line end={count(codes)}>
              <span title={url}>{title}</span>
            </Line>
          )}
        </LimitedList>
      </Section>
    </>
  )
}
