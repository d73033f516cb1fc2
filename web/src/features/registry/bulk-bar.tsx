import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../app/ability.ts'
import { shortDay } from '../../lib/dates.ts'
import { Button, ButtonAnchor } from '../../ui/button.tsx'
import { Problem } from '../../ui/problem.tsx'
import { words } from '../../words/index.ts'
import { BeginCases } from '../caseload/begin-cases.tsx'
import { AddDialog } from '../huddle/add-to-huddle.tsx'
import styles from './bulk-bar.module.css'
import { MOST_CHOSEN, type useChosen } from './use-chosen.ts'

const t = words.registry.bulk

/** What can be done with the people chosen in the list. It appears with the first of them. */
export function BulkBar(props: {
  chosen: ReturnType<typeof useChosen>
  total: number
  /** Where the list of these people to call is had; null without a gap to call about. */
  outreach: ((ids: readonly string[]) => string) | null
  /** What else can be done with them. */
  children?: ReactNode
}) {
  const { chosen, total, outreach, children } = props
  const may = useMay()
  const [isAdding, setAdding] = useState(false)
  const [addedFor, setAddedFor] = useState<string | null>(null)
  const [isBeginning, setBeginning] = useState(false)
  const [begun, setBegun] = useState<string | null>(null)
  const ids = [...chosen.ids]
  const most = Math.min(total, MOST_CHOSEN)
  return (
    <>
      <div className={`${styles['bar']} screenOnly`} role="toolbar" aria-label={t.label} hidden={ids.length === 0}>
        <span className="strong" role="status">
          {ids.length > 0 && t.chosen(ids.length)}
        </span>
        {ids.length < most && (
          <Button look="quiet" onClick={() => void chosen.chooseFirst()}>
            {most === total ? t.chooseAll(total) : t.chooseFirst(most, total)}
          </Button>
        )}
        {may('create', 'Huddle') && (
          <Button icon="people" onClick={() => setAdding(true)}>
            {words.huddle.add}
          </Button>
        )}
        {may('create', 'Caseload') && (
          <Button icon="person" onClick={() => setBeginning(true)}>
            {words.caseload.begin}
          </Button>
        )}
        {outreach && (
          <ButtonAnchor icon="download" download href={outreach(ids)}>
            {words.registry.outreach}
          </ButtonAnchor>
        )}
        {children}
        <Button look="quiet" icon="close" onClick={chosen.clear}>
          {t.clear}
        </Button>
      </div>
      {chosen.outcome.error && <Problem error={chosen.outcome.error} />}
      {addedFor && (
        <p role="status" className={styles['done']}>
          {t.onList(shortDay(addedFor))} <Link to={`/huddle?day=${addedFor}`}>{words.huddle.open}</Link>
        </p>
      )}
      {begun && (
        <p role="status" className={styles['done']}>
          {begun} <Link to="/caseload">{words.caseload.open}</Link>
        </p>
      )}
      {isBeginning && (
        <BeginCases
          patientIds={ids}
          onClose={() => setBeginning(false)}
          onDone={(said) => {
            setBegun(said)
            chosen.clear()
          }}
        />
      )}
      {isAdding && (
        <AddDialog
          patientIds={ids}
          onClose={() => setAdding(false)}
          onAdded={(day) => {
            setAddedFor(day)
            chosen.clear()
          }}
        />
      )}
    </>
  )
}
