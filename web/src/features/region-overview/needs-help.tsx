import { percent } from '../../lib/numbers.ts'
import { Empty } from '../../ui/empty.tsx'
import { words } from '../../words/index.ts'
import type { PracticeComparison } from './compare-practices.ts'
import styles from './needs-help.module.css'

/** The answer: practices whose results chance does not explain, those with most of them first. */
export function NeedsHelp({ comparison: { practices, measures } }: { comparison: PracticeComparison }) {
  if (measures.length === 0) return <Empty title={words.measures.nonePublished}>{words.overview.nonePublishedAdvice}</Empty>
  const wanting = practices.filter((practice) => practice.worse.length > 0).toSorted((a, b) => b.worse.length - a.worse.length)
  return (
    <div className={styles['answer']}>
      <p>
        <span className={styles['number']}>{wanting.length}</span> {words.overview.needHelp(wanting.length, practices.length)}
      </p>
      <ul>
        {wanting.slice(0, 6).map((practice) => (
          <li key={practice.id}>
            <span className="strong">{practice.name}</span>{' '}
            {practice.worse
              .map((measure) =>
                words.overview.reason(measure.title, percent(practice.results.get(measure.id)?.rate ?? 0), percent(measure.regionRate)),
              )
              .join('; ')}
          </li>
        ))}
      </ul>
    </div>
  )
}
