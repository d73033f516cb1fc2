import { type FormEvent, useRef, useState } from 'react'
import { useMutation } from 'urql'
import { shortDay } from '../../lib/dates.ts'
import { newKey } from '../../lib/new-key.ts'
import { type Outcome, outcomeOf } from '../../lib/outcome.ts'
import { Button } from '../../ui/button.tsx'
import { Check } from '../../ui/choices.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Problem } from '../../ui/problem.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { type PlanLine, Propose, type Wish } from './plan-parts.ts'
import styles from './planner.module.css'

export interface Rules {
  readonly startsOn: string
  readonly minimumBlockMinutes: number
  readonly maximumPractices: number | null
  readonly countsTravel: boolean
  readonly matchesLanguage: boolean
}

const t = words.planner

/** From when, by which rules, and which plans are on screen. */
export function PlanRules(props: {
  rules: Rules
  onRules: (rules: Rules) => void
  wish: Wish
  plans: readonly PlanLine[]
  shown: string | null
  other: string | null
  onProposed: (id: string) => void
  onShow: (id: string | null) => void
  onCompare: (id: string | null) => void
}) {
  const { rules, onRules, wish, plans, shown, other, onProposed, onShow, onCompare } = props
  const [, send] = useMutation(Propose)
  const [outcome, setOutcome] = useState<Outcome>({})
  const [busy, setBusy] = useState(false)
  const attempt = useRef<{ wish: string; key: string } | null>(null)
  const propose = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    // Sent again after a dropped line it is the same plan.
    const asked = JSON.stringify(wish)
    const { key } = (attempt.current = attempt.current?.wish === asked ? attempt.current : { wish: asked, key: newKey() })
    const answer = await send({ wish, idempotencyKey: key })
    setBusy(false)
    setOutcome(outcomeOf(answer, (data) => data.proposeStaffPlan))
    if (answer.data) attempt.current = null
    if (answer.data?.proposeStaffPlan.__typename === 'StaffPlan') onProposed(answer.data.proposeStaffPlan.id)
  }
  const choice = (label: string, none: string, value: string | null, onChange: (id: string | null) => void) => (
    <SelectField label={label} value={value ?? ''} onChange={(event) => onChange(event.target.value || null)}>
      <option value="">{none}</option>
      {plans.map((plan, i) => (
        <option key={plan.id} value={plan.id}>
          {t.planName(plans.length - i, shortDay(plan.startsOn), plan)}
        </option>
      ))}
    </SelectField>
  )
  return (
    <Section title={t.rules} note={t.rulesNote}>
      <form className={styles['form']} onSubmit={(event) => void propose(event)}>
        <TextField
          label={t.startsOn}
          type="date"
          required
          value={rules.startsOn}
          onChange={(event) => event.target.value && onRules({ ...rules, startsOn: event.target.value })}
        />
        <TextField
          label={t.block}
          type="number"
          required
          min={0}
          max={40}
          step={1}
          value={String(rules.minimumBlockMinutes / 60)}
          onChange={(event) => onRules({ ...rules, minimumBlockMinutes: 60 * Number(event.target.value) })}
        />
        <TextField
          label={t.most}
          type="number"
          min={1}
          max={100}
          step={1}
          placeholder={t.anyNumber}
          value={rules.maximumPractices === null ? '' : String(rules.maximumPractices)}
          onChange={(event) => onRules({ ...rules, maximumPractices: event.target.value === '' ? null : Number(event.target.value) })}
        />
        <div className={styles['checks']}>
          <Check label={t.travel} checked={rules.countsTravel} onChange={(countsTravel) => onRules({ ...rules, countsTravel })} />
          <Check
            label={t.language}
            checked={rules.matchesLanguage}
            onChange={(matchesLanguage) => onRules({ ...rules, matchesLanguage })}
          />
        </div>
        <Button look="primary" type="submit" disabled={busy}>
          {t.propose}
        </Button>
      </form>
      {outcome.error && <Problem error={outcome.error} />}
      {outcome.refused && (
        <Notice tone="warn" title={t.refused} urgent>
          {outcome.refused}
        </Notice>
      )}
      {plans.length > 0 && (
        <div className={`${styles['form']} ${styles['wide']}`}>
          {choice(t.show, t.today, shown, onShow)}
          {choice(t.compare, t.nothing, other, onCompare)}
        </div>
      )}
    </Section>
  )
}
