import { type FormEvent, useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Problem } from '../../ui/problem.tsx'
import { words } from '../../words/index.ts'
import { RunFacts } from './run-facts.ts'
import styles from './start-run.module.css'

const Start = graphql(
  `
    mutation StartRun_startRun($input: StartRunInput!) {
      startRun(input: $input) {
        __typename
        ... on MetricRun {
          ...RunFacts
        }
        ... on Refused {
          message
        }
      }
    }
  `,
  [RunFacts],
)

const YEARS = 8

/** Asks for a run over a calendar year. One dialog is one wish: pressing twice or trying again gives the same run. */
export function StartRun({ onClose, onStarted }: { onClose: () => void; onStarted: (id: string) => void }) {
  const thisYear = new Date().getFullYear()
  const [year, setYear] = useState(String(thisYear))
  const [key, setKey] = useState(newKey)
  const [{ fetching, data, error }, startRun] = useMutation(Start)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const result = await startRun({ input: { period: { start: `${year}-01-01`, end: `${year}-12-31` }, idempotencyKey: key } })
    const started = result.data?.startRun
    if (started?.__typename === 'MetricRun') onStarted(started.id)
  }
  // Another period is another wish.
  const change = (event: { target: { value: string } }) => {
    setYear(event.target.value)
    setKey(newKey())
  }

  return (
    <Dialog title={words.runs.start} onClose={onClose}>
      <form className={styles['form']} onSubmit={(event) => void submit(event)}>
        <p className="soft">{words.runs.startExplained}</p>
        {data?.startRun.__typename === 'Refused' && (
          <Notice tone="warn" title={words.runs.refused} urgent>
            {data.startRun.message}
          </Notice>
        )}
        {error && <Problem error={error} />}
        <SelectField label={words.measures.period} value={year} onChange={change}>
          {Array.from({ length: YEARS }, (_, index) => String(thisYear - index)).map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </SelectField>
        <div className={styles['actions']}>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="primary" type="submit" disabled={fetching}>
            {words.runs.start}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
