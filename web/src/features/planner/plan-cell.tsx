import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import type { Mark, Plan } from './plan-parts.ts'
import styles from './planner.module.css'

type Set = 'free' | 'pin' | 'exact' | 'forbid'
const t = words.planner

const setOf = (mark: Mark | null): Set =>
  mark === null ? 'free' : mark.kind === 'forbid' ? 'forbid' : mark.minutes === null ? 'pin' : 'exact'

/** One person at one practice: why the plan has it so, and what every next plan keeps to. */
export function PlanCell(props: {
  person: { id: string; name: string }
  practice: { name: string }
  now: number
  keeps: number
  planned: number | null
  because: Plan['hours'][number]['because'] | null
  ending: Plan['ending'][number] | null
  mark: Mark | null
  onClose: () => void
  onMark: (mark: Mark | null) => void
}) {
  const { person, practice, now, keeps, planned, because, ending, mark, onClose, onMark } = props
  const [set, choose] = useState<Set>(setOf(mark))
  const [hours, setHours] = useState(String(((mark?.kind === 'pin' && mark.minutes) || planned || now || 240) / 60))
  const keep = (event: FormEvent) => {
    event.preventDefault()
    onMark(
      set === 'free'
        ? null
        : set === 'forbid'
          ? { kind: 'forbid' }
          : { kind: 'pin', minutes: set === 'exact' ? Math.round(60 * Number(hours)) : null },
    )
    onClose()
  }
  return (
    <Dialog title={t.pair(person.name, practice.name)} onClose={onClose}>
      <form className={styles['sheet']} onSubmit={keep}>
        <p>{t.nowAndThen(now, planned)}</p>
        {keeps > 0 && <p className="soft">{t.keeps(keeps)}</p>}
        {because && (
          <ul className={styles['reasons']} aria-label={t.why}>
            {because.map((reason) => (
              <li key={reason.kind + (reason.duty ?? '')}>{t.reason(reason)}</li>
            ))}
          </ul>
        )}
        {ending && <p>{t.ending(t.endings[ending.because])}</p>}
        <p className="small">
          <Link to={`/workforce/${person.id}`}>{t.toPerson(person.name)}</Link>
        </p>
        <SelectField label={t.nextPlan} value={set} onChange={(event) => choose(event.target.value as Set)}>
          <option value="free">{t.free}</option>
          <option value="pin">{t.pinAny}</option>
          <option value="exact">{t.pinExact}</option>
          <option value="forbid">{t.forbid}</option>
        </SelectField>
        {set === 'exact' && (
          <TextField
            label={t.hoursAWeek}
            type="number"
            required
            min={1}
            max={60}
            step={1}
            value={hours}
            onChange={(event) => setHours(event.target.value)}
          />
        )}
        <div className={styles['actions']}>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button look="primary" type="submit">
            {t.keep}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
