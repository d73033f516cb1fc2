import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import styles from './measure-notes.module.css'

export const MeasureNotes_measure = graphql(`
  fragment MeasureNotes_measure on Measure {
    title
    description
    version
    packageHash
  }
`)

/** What each measure counts, and exactly which version of it did. */
export function MeasureNotes({ measures }: { measures: readonly ({ id: string } & FragmentOf<typeof MeasureNotes_measure>)[] }) {
  return (
    <Section title={words.measures.notes}>
      <dl className={styles['notes']}>
        {measures.map((one) => {
          const measure = readFragment(MeasureNotes_measure, one)
          return (
            <div key={one.id}>
              <dt className="strong">{measure.title}</dt>
              <dd>{measure.description}</dd>
              <dd className="soft small" title={measure.packageHash}>
                {words.measures.version(measure.version, measure.packageHash.slice(0, 12))}
              </dd>
            </div>
          )
        })}
      </dl>
    </Section>
  )
}
