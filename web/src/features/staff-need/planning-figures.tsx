import { useState } from 'react'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { dayOf } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { count } from '../../lib/numbers.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import type { Figure } from './need-parts.ts'

const Record = graphql(`
  mutation PlanningFigures_recordPlanningFigure($input: RecordPlanningFigureInput!) {
    recordPlanningFigure(input: $input) {
      __typename
      ... on PlanningFigure {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.staffNeed
type Name = Figure['figure']
const names = Object.keys(t.figures) as Name[]

/** By what need and capacity are worked out, and what each figure rests on. */
export function PlanningFigures({ figures, onChange }: { figures: readonly Figure[]; onChange?: () => void }) {
  const [changing, setChanging] = useState(false)
  const may = useMay()
  return (
    <Section
      title={t.restsOn}
      note={t.restsOnNote}
      aside={onChange && may('update', 'StaffNeed') && <Button onClick={() => setChanging(true)}>{t.change}</Button>}
    >
      <PlainTable
        label={t.restsOn}
        head={t.restsOnHead}
        prose={[3]}
        rows={figures.map(({ id, figure, value, since, source }) => [
          t.figures[figure],
          count(value),
          <OnDay key={id} day={since} />,
          source,
        ])}
      />
      {changing && onChange && <ChangeFigure figures={figures} onClose={() => setChanging(false)} onDone={onChange} />}
    </Section>
  )
}

function ChangeFigure({ figures, onClose, onDone }: { figures: readonly Figure[]; onClose: () => void; onDone: () => void }) {
  const { region } = useViewer()
  const [figure, setFigure] = useState<Name>('ENROLLED_PERCENT')
  const [typed, setTyped] = useState<string | null>(null)
  const [since, setSince] = useState(dayOf(new Date().toISOString(), region.timeZone))
  const [source, setSource] = useState('')
  const record = useAct(Record, (data) => data.recordPlanningFigure, onDone)
  const value = typed ?? String(figures.find((one) => one.figure === figure)?.value ?? '')
  const act = () => record({ input: { figure, value: Number(value), since, source } })
  return (
    <Act title={t.change} verb={t.change} act={act} onClose={onClose}>
      <SelectField
        label={t.figure}
        value={figure}
        onChange={(event) => {
          setFigure(event.target.value as Name)
          setTyped(null)
        }}
      >
        {names.map((name) => (
          <option key={name} value={name}>
            {t.figures[name]}
          </option>
        ))}
      </SelectField>
      <TextField label={t.value} type="number" required min={0} step={1} value={value} onChange={(event) => setTyped(event.target.value)} />
      <TextField label={t.since} hint={t.sinceHint} type="date" required value={since} onChange={(event) => setSince(event.target.value)} />
      <TextField
        label={t.source}
        hint={t.sourceHint}
        required
        maxLength={120}
        value={source}
        onChange={(event) => setSource(event.target.value)}
      />
    </Act>
  )
}
