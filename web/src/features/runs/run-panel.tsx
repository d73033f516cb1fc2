import type { ReactNode } from 'react'
import { useQuery } from 'urql'
import { duration, periodName } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { isRunning, RunFacts, secondsTaken } from './run-facts.ts'
import styles from './run-panel.module.css'
import { RunProgress, RunState } from './run-progress.tsx'

const Run = graphql(
  `
    query RunPanel_run($id: ID!) {
      run(id: $id) {
        ...RunFacts
        chunksDone
        chunksTotal
        failure
        watermark
        measures {
          id
          title
          version
          packageHash
        }
      }
    }
  `,
  [RunFacts],
)

/** One run: how far it is, why it failed, and exactly which data and measures its figures come from. */
export function RunPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const [result, ask] = useQuery({ query: Run, variables: { id } })
  const run = result.data?.run
  useMoved('runs', () => ask({ requestPolicy: 'network-only' }), Boolean(run && isRunning(run)))
  const seconds = run ? secondsTaken(run, Date.now()) : null
  return (
    <SidePanel title={run ? words.runs.of(periodName(run.period)) : words.runs.one} onClose={onClose}>
      <Loaded result={result} height={320} retry={() => ask({ requestPolicy: 'network-only' })}>
        {({ run }) =>
          run ? (
            <>
              {run.failure && (
                <Notice tone="bad" title={words.runs.failed}>
                  {run.failure} {words.runs.failedAdvice(run.id)}
                </Notice>
              )}
              <dl className={styles['facts']}>
                <Fact name={words.runs.columns.state}>
                  <RunState state={run.state} />
                </Fact>
                <Fact name={words.runs.columns.progress}>
                  <RunProgress run={run} />
                </Fact>
                <Fact name={words.runs.parts}>{words.runs.partsOf(run.chunksDone, run.chunksTotal)}</Fact>
                <Fact name={words.runs.columns.asked}>
                  <At instant={run.requestedAt} clock />
                </Fact>
                {run.finishedAt && (
                  <Fact name={words.runs.finished}>
                    <At instant={run.finishedAt} clock />
                  </Fact>
                )}
                {seconds !== null && <Fact name={words.runs.columns.took}>{duration(seconds)}</Fact>}
                <Fact name={words.runs.watermark}>{run.watermark}</Fact>
                <Fact name={words.runs.id}>{run.id}</Fact>
              </dl>
              <Section title={words.runs.measures}>
                <ul className={styles['measures']}>
                  {run.measures.map((measure) => (
                    <li key={measure.id}>
                      <p>{measure.title}</p>
                      <p className="soft small" title={measure.packageHash}>
                        {words.measures.version(measure.version, measure.packageHash.slice(0, 12))}
                      </p>
                    </li>
                  ))}
                </ul>
              </Section>
            </>
          ) : (
            <Empty title={words.runs.missing}>{words.runs.missingAdvice}</Empty>
          )
        }
      </Loaded>
    </SidePanel>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  )
}
