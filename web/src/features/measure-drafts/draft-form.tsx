import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useClient, useMutation } from 'urql'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { type Outcome, outcomeOf } from '../../lib/outcome.ts'
import { Button } from '../../ui/button.tsx'
import { CqlEditor, type CqlProblem } from '../../ui/cql-editor.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Problem } from '../../ui/problem.tsx'
import { words } from '../../words/index.ts'
import styles from './draft-page.module.css'
import { TEMPLATE } from './template.ts'
import { TryDraft } from './try-draft.tsx'
import { namesOf, type VocabularyOf } from './vocabulary.tsx'

export const DraftOf = graphql(`
  fragment DraftOf on MeasureDraft @_unmask {
    id
    title
    description
    improvement
    cql
    version
    publishedHash
  }
`)
const Check = graphql(`
  query DraftForm_checkCql($cql: String!) {
    checkCql(cql: $cql) {
      line
      column
      message
    }
  }
`)
const Save = graphql(
  `
    mutation DraftForm_save($input: SaveDraftInput!) {
      saveMeasureDraft(input: $input) {
        __typename
        ... on MeasureDraft {
          ...DraftOf
        }
        ... on Refused {
          message
        }
      }
    }
  `,
  [DraftOf],
)
const Publish = graphql(`
  mutation DraftForm_publish($input: PublishDraftInput!) {
    publishMeasureDraft(input: $input) {
      __typename
      ... on MeasurePackage {
        hash
      }
      ... on Refused {
        message
      }
    }
  }
`)
type Draft = ResultOf<typeof DraftOf>

const t = words.drafts

/** Writing, checking, saving, publishing. What is saved may be broken; what is tried or published may not. */
export function DraftForm({
  draft,
  vocabulary,
  refresh,
}: {
  draft: Draft | null
  vocabulary: ResultOf<typeof VocabularyOf>
  refresh: () => void
}) {
  const client = useClient()
  const navigate = useNavigate()
  const [text, setText] = useState(draft ?? TEMPLATE)
  const [saved, setSaved] = useState(draft)
  const [problems, setProblems] = useState<readonly CqlProblem[] | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [busy, setBusy] = useState(false)
  const [trying, setTrying] = useState(false)
  const [, save] = useMutation(Save)
  const [, publish] = useMutation(Publish)
  const change = (next: Partial<Draft>) => setText((before) => ({ ...before, ...next }))
  const { title, description, improvement, cql } = text
  const isSaved =
    saved !== null && saved.title === title && saved.description === description && saved.improvement === improvement && saved.cql === cql

  const check = async (given: string): Promise<readonly CqlProblem[]> => {
    const { data } = await client.query(Check, { cql: given }, { requestPolicy: 'network-only' }).toPromise()
    const found = data?.checkCql ?? []
    setProblems(data ? found : null)
    return found
  }
  const keep = async () => {
    setBusy(true)
    const version = saved && { id: saved.id, version: saved.version }
    const result = await save({ input: { ...version, title, description, improvement, cql, idempotencyKey: newKey() } })
    setBusy(false)
    setOutcome(outcomeOf(result, (data) => data.saveMeasureDraft))
    const kept = result.data?.saveMeasureDraft
    if (kept?.__typename !== 'MeasureDraft') return
    setSaved(kept)
    if (!draft) void navigate(`/measure-drafts/${kept.id}`, { replace: true })
  }
  const send = async () => {
    if (!saved) return
    setBusy(true)
    const result = await publish({ input: { id: saved.id, version: saved.version } })
    setBusy(false)
    setOutcome(outcomeOf(result, (data) => data.publishMeasureDraft))
    const made = result.data?.publishMeasureDraft
    if (made?.__typename === 'MeasurePackage') void navigate(`/measures/${made.hash}`)
  }
  const isWhole = isSaved && problems?.length === 0
  return (
    <div className={styles['form']}>
      <TextField label={t.name} required maxLength={120} value={title} onChange={({ target }) => change({ title: target.value })} />
      <TextAreaField
        label={t.description}
        hint={t.descriptionHint}
        rows={2}
        maxLength={2000}
        value={description}
        onChange={({ target }) => change({ description: target.value })}
      />
      <SelectField
        label={words.packages.better}
        value={improvement}
        onChange={({ target }) => change({ improvement: target.value as Draft['improvement'] })}
      >
        <option value="INCREASE">{words.packages.directions.INCREASE}</option>
        <option value="DECREASE">{words.packages.directions.DECREASE}</option>
      </SelectField>
      <CqlEditor label={t.text} value={cql} onChange={(next) => change({ cql: next })} check={check} names={namesOf(vocabulary)} />
      <div role="status" aria-live="polite">
        {problems === null ? (
          <p className="soft">{t.checking}</p>
        ) : problems.length === 0 ? (
          <p>{t.noProblems}</p>
        ) : (
          <>
            <p className="strong">{t.problems(problems.length)}</p>
            <ol className={styles['problems']}>
              {problems.map(({ line, column, message }) => (
                <li key={`${line} ${column} ${message}`}>{t.problemAt(line, column, message)}</li>
              ))}
            </ol>
          </>
        )}
      </div>
      {outcome?.refused && (
        <Notice tone="warn" title={words.members.refused} urgent>
          {outcome.refused}
        </Notice>
      )}
      {outcome?.error && <Problem error={outcome.error} />}
      <div className={styles['actions']}>
        <Button look="primary" disabled={busy || isSaved || title.trim() === ''} onClick={() => void keep()}>
          {isSaved ? t.saved : t.save}
        </Button>
        <Button icon="run" disabled={busy || !isWhole} onClick={() => setTrying(true)}>
          {t.try}
        </Button>
        <Button icon="sign" disabled={busy || !isWhole} onClick={() => void send()}>
          {t.publish}
        </Button>
        {!isWhole && <span className="soft small">{t.firstWhole}</span>}
      </div>
      {trying && saved && <TryDraft draft={saved} onClose={() => setTrying(false)} onDone={refresh} />}
    </div>
  )
}
