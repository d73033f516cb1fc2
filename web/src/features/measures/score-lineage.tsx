import { useState } from 'react'
import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { daysOf, type PeriodDays } from '../../lib/scores.ts'
import { words } from '../../words/index.ts'
import styles from './score-lineage.module.css'

const Lineage = graphql(`
  query ScoreLineage_lineage($period: PeriodInput) {
    lineage(period: $period) {
      engine
      watermark
      measures {
        measure {
          id
          title
          version
          packageHash
        }
        valueSets {
          url
          hash
        }
      }
    }
  }
`)

/** What the figures of a page were computed with and from, for whoever wants to compute them again: asked for when it is opened. */
export function ScoreLineage({ period }: { period: PeriodDays | null }) {
  const [isOpen, setOpen] = useState(false)
  const [result, again] = useQuery({
    query: Lineage,
    variables: { period: period && daysOf(period) },
    pause: !isOpen,
  })
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.measures.lineage}</summary>
      {isOpen && (
        <Loaded result={result} height={160} retry={() => again({ requestPolicy: 'network-only' })}>
          {({ lineage }) =>
            lineage ? (
              <>
                <p className="soft">{words.measures.lineageOf(lineage.engine ?? '', lineage.watermark ?? '')}</p>
                <p className="soft">{words.measures.countedOnce}</p>
                <PlainTable
                  label={words.measures.lineage}
                  head={words.measures.lineageHead}
                  prose={[1, 2, 3]}
                  rows={lineage.measures.map(({ measure, valueSets }) => [
                    measure.title,
                    measure.version,
                    <code key="package" title={measure.packageHash}>
                      {short(measure.packageHash)}
                    </code>,
                    <ul key="sets" className={styles['sets']}>
                      {valueSets.map(({ url, hash }) => (
                        <li key={url} title={`${url} ${hash}`}>
                          {url.slice(url.lastIndexOf('/') + 1)} <code className="soft small">{short(hash)}</code>
                        </li>
                      ))}
                    </ul>,
                  ])}
                />
              </>
            ) : (
              <p className="soft">{words.measures.nonePublished}</p>
            )
          }
        </Loaded>
      )}
    </details>
  )
}

/** Enough to tell two apart by eye; the whole is in the title. */
const short = (hash: string): string => hash.slice(0, 12)
