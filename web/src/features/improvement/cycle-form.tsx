import { useState } from 'react'
import { useViewer } from '../../app/viewer.ts'
import { dayOf } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import styles from './improvement.module.css'

const Save = graphql(`
  mutation CycleForm_save($input: SaveImprovementCycleInput!) {
    saveImprovementCycle(input: $input) {
      __typename
      ... on ImprovementCycle {
        id
        version
      }
      ... on Refused {
        message
      }
    }
  }
`)

/** A cycle as its form has it. */
export interface CycleFields {
  readonly id: string
  readonly version: number
  readonly measure: { readonly id: string }
  readonly aim: string
  readonly changeTried: string
  readonly learned: string
  readonly startsOn: string
  readonly endsOn: string | null
  readonly shared: boolean
}

const t = words.improvement

/** Begins a cycle, or changes one. One dialog is one wish: pressing twice saves once. */
export function CycleForm(props: {
  cycle: CycleFields | null
  measures: readonly { id: string; title: string }[]
  onClose: () => void
  onDone: () => void
}) {
  const { cycle, measures, onClose, onDone } = props
  const { region } = useViewer()
  const [key, setKey] = useState(newKey)
  const [form, setForm] = useState(() => ({
    ...{ measure: cycle?.measure.id ?? measures[0]?.id ?? '', aim: cycle?.aim ?? '', changeTried: cycle?.changeTried ?? '' },
    ...{ learned: cycle?.learned ?? '', startsOn: cycle?.startsOn ?? dayOf(new Date().toISOString(), region.timeZone) },
    ...{ endsOn: cycle?.endsOn ?? '', shared: cycle?.shared ?? false },
  }))
  const save = useAct(Save, (data) => data.saveImprovementCycle, onDone)
  const act = () =>
    save({
      input: { ...form, endsOn: form.endsOn || null, id: cycle?.id ?? null, version: cycle?.version ?? null, idempotencyKey: key },
    })
  const change = (changed: Partial<typeof form>) => {
    setForm({ ...form, ...changed })
    setKey(newKey())
  }
  const field = (name: Exclude<keyof typeof form, 'shared'>) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  })
  return (
    <Act title={cycle ? t.changeOf(cycle.aim) : t.begin} verb={t.save} act={act} onClose={onClose}>
      {!cycle && (
        <SelectField label={t.measure} {...field('measure')}>
          {measures.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </SelectField>
      )}
      <TextField label={t.aim} hint={t.aimHint} required maxLength={120} {...field('aim')} />
      <TextAreaField label={t.tried} rows={3} required maxLength={2000} {...field('changeTried')} />
      <TextField label={t.startsOn} type="date" required {...field('startsOn')} />
      <TextField label={t.endsOn} hint={t.endsOnHint} type="date" min={form.startsOn} {...field('endsOn')} />
      <TextAreaField label={t.learned} hint={t.learnedHint} rows={3} maxLength={2000} {...field('learned')} />
      <label className={styles['share']}>
        <input type="checkbox" checked={form.shared} onChange={(event) => change({ shared: event.target.checked })} />
        <span>
          {t.share}
          <span className="soft small"> {t.shareHint}</span>
        </span>
      </label>
    </Act>
  )
}
