import { periodName } from '../../lib/dates.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { count } from '../../lib/numbers.ts'
import { Notice } from '../../ui/notice.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

export const TrialsOf = graphql(`
  fragment TrialsOf on MeasureDraft @_unmask {
    trials {
      id
      state
      period {
        start
        end
      }
      sample
      initialPopulation
      denominator
      denominatorExclusion
      denominatorException
      numerator
      requestedAt
      failure
    }
  }
`)

const t = words.drafts
const shown = (number: number | null): string => (number === null ? t.hidden : count(number))

/** What trials of the draft gave: counts over a sample, no few people among them. */
export function Trials({ draft: { trials }, refresh }: { draft: ResultOf<typeof TrialsOf>; refresh: () => void }) {
  useMoved('runs', refresh)
  return (
    <Section title={t.trials} note={t.trialsNote}>
      {trials.length === 0 && <p className="soft">{t.noTrials}</p>}
      {trials.map((trial) => (
        <article key={trial.id} aria-label={t.trialOf(periodName(trial.period))}>
          <p>
            <span className="strong">{t.trialOf(periodName(trial.period))}</span>{' '}
            <span className="soft small">
              <At instant={trial.requestedAt} clock />
            </span>
          </p>
          {trial.state === 'FAILED' && (
            <Notice tone="warn" title={words.packages.tests.states.FAILED}>
              {trial.failure}
            </Notice>
          )}
          {(trial.state === 'QUEUED' || trial.state === 'RUNNING') && (
            <p role="status">
              <progress aria-label={t.trialOf(periodName(trial.period))} /> {words.packages.tests.states[trial.state]}
            </p>
          )}
          {trial.state === 'DONE' && (
            <PlainTable
              label={t.trialOf(periodName(trial.period))}
              head={t.trialHead}
              rows={[
                [t.sample, shown(trial.sample)],
                [words.packages.populationCodes['initial-population'], shown(trial.initialPopulation)],
                [words.packages.populationCodes['denominator'], shown(trial.denominator)],
                [words.packages.populationCodes['denominator-exclusion'], shown(trial.denominatorExclusion)],
                [words.packages.populationCodes['denominator-exception'], shown(trial.denominatorException)],
                [words.packages.populationCodes['numerator'], shown(trial.numerator)],
              ]}
            />
          )}
        </article>
      ))}
    </Section>
  )
}
