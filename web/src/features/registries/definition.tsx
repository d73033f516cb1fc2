import { words } from '../../words/index.ts'
import styles from './definition.module.css'

/** What a registry rests on, and its text, on demand. */
export function Definition({
  of: { title, sources, cql },
}: {
  of: { readonly title: string; readonly sources: readonly string[]; readonly cql: string }
}) {
  return (
    <details className={styles['definition']}>
      <summary aria-label={`${words.registries.definition}: ${title}`}>{words.registries.definition}</summary>
      {sources.length > 0 && (
        <>
          <p>{words.registries.restsOn}</p>
          <ul>
            {sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </>
      )}
      <pre tabIndex={0}>{cql}</pre>
    </details>
  )
}
