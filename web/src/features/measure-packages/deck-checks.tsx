import { type FormEvent, useState } from 'react'
import { useViewer } from '../../app/viewer.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { upload, type UploadProblem } from '../../lib/upload.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { FileField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { CaseOutcome, DeckOutcomeFacts } from './case-outcome.tsx'
import styles from './deck-checks.module.css'
import { PackageProblems } from './package-problems.tsx'

export const DeckCheckFacts = graphql(
  `
    fragment DeckCheckFacts on DeckCheck @_unmask {
      id
      name
      state
      casesTotal
      casesDone
      passed
      failed
      undecided
      requestedBy
      requestedAt
      failure
      outcomes {
        ...DeckOutcomeFacts
      }
    }
  `,
  [DeckOutcomeFacts],
)
type Check = ResultOf<typeof DeckCheckFacts>

const t = words.packages.tests
const isWorking = ({ state }: Check): boolean => state === 'QUEUED' || state === 'RUNNING'

/** Decks of test cases run against this version: how far, what passed, and every case that came out differently. */
export function DeckChecks({ packageHash, checks, refresh }: { packageHash: string; checks: readonly Check[]; refresh: () => void }) {
  const [running, setRunning] = useState(false)
  useMoved('runs', refresh)
  return (
    <Section
      title={t.title}
      note={t.note}
      aside={
        <Button icon="run" onClick={() => setRunning(true)}>
          {t.run}
        </Button>
      }
    >
      {checks.length === 0 && <p className="soft">{t.none}</p>}
      {checks.map((check) => (
        <article key={check.id} className={styles['check']} aria-label={check.name}>
          <p>
            <span className="strong">{check.name}</span>{' '}
            <span className="soft small">
              <At instant={check.requestedAt} clock /> {t.by(check.requestedBy)}
            </span>
          </p>
          {isWorking(check) ? (
            <p role="status">
              <progress max={check.casesTotal ?? 1} value={check.casesDone} aria-label={t.progress} />{' '}
              {check.casesTotal === null ? t.states[check.state] : t.casesOf(check.casesDone, check.casesTotal)}
            </p>
          ) : check.state === 'FAILED' ? (
            <Notice tone="warn" title={t.states.FAILED}>
              {check.failure}
            </Notice>
          ) : (
            <p>{t.result(check.passed, check.failed, check.undecided)}</p>
          )}
          {check.outcomes?.map((outcome) => (
            <CaseOutcome key={outcome.id} outcome={outcome} />
          ))}
        </article>
      ))}
      {running && (
        <RunDeck
          packageHash={packageHash}
          onClose={() => setRunning(false)}
          onStarted={() => {
            setRunning(false)
            refresh()
          }}
        />
      )}
    </Section>
  )
}

function RunDeck({ packageHash, onClose, onStarted }: { packageHash: string; onClose: () => void; onStarted: () => void }) {
  const { membership } = useViewer()
  const [file, setFile] = useState<File | null>(null)
  const [busy, setBusy] = useState(false)
  const [problems, setProblems] = useState<readonly UploadProblem[]>([])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!file) return
    setBusy(true)
    const query = new URLSearchParams({ package: packageHash, name: file.name.slice(0, 120) })
    const started = await upload(`/uploads/deck?${query}`, file, membership.id, words.packages.uploadFailed)
    setBusy(false)
    if (started.ok) onStarted()
    else setProblems(started.problems)
  }
  return (
    <Dialog title={t.run} onClose={onClose}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <p className="soft">{t.explained}</p>
        {problems.length > 0 && <PackageProblems title={t.states.FAILED} problems={problems} />}
        <FileField label={words.packages.file} required accept=".ndjson,.gz,.json" onFile={setFile} />
        <div className={styles['actions']}>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="primary" type="submit" disabled={busy || !file}>
            {t.run}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
