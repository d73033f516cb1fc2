import { useState } from 'react'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { ChoiceField, useChoice } from '../../ui/choice-field.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { Staff } from './choose-staff.ts'
import type { StaffFacts } from './staff-parts.ts'

const Record = graphql(`
  mutation RecordStaff_recordStaff($input: RecordStaffInput!) {
    recordStaff(input: $input) {
      __typename
      ... on SharedStaff {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

const text = words.workforce
type Discipline = keyof typeof text.disciplines
const NOBODY = 'nobody'

/** Who somebody is at work: discipline, employer, hours, base, languages, supervisor. */
export function RecordStaff({ person, onClose, onDone }: { person: StaffFacts; onClose: () => void; onDone: () => void }) {
  const [discipline, setDiscipline] = useState<Discipline>(person.discipline ?? 'NURSE')
  const [employer, setEmployer] = useState(person.employer ?? '')
  const [fte, setFte] = useState(String(person.ftePercent ?? 100))
  const [week, setWeek] = useState(String((person.weeklyMinutes ?? 2400) / 60))
  const [homeBase, setHomeBase] = useState(person.homeBase ?? '')
  const [languages, setLanguages] = useState(person.languages.join(', ') || 'en')
  const supervisor = useChoice(Staff, (data) => data.sharedStaff, {
    before: [
      ...(person.supervisorId ? [{ id: person.supervisorId, name: person.supervisor ?? text.supervisor }] : []),
      { id: NOBODY, name: text.noSupervisor },
    ],
  })
  const record = useAct(Record, (data) => data.recordStaff, onDone)
  const act = () =>
    record({
      input: {
        ...{ id: person.id, discipline, employer, homeBase, version: person.version },
        ftePercent: Math.round(Number(fte)),
        weeklyMinutes: Math.round(Number(week) * 60),
        languages: languages.split(/[\s,]+/).filter(Boolean),
        supervisorId: supervisor.chosen === NOBODY ? null : supervisor.chosen,
      },
    })
  return (
    <Act title={text.recordOf(person.name)} verb={text.record} act={act} onClose={onClose}>
      <SelectField label={text.discipline} value={discipline} onChange={(event) => setDiscipline(event.target.value as Discipline)}>
        {(Object.keys(text.disciplines) as Discipline[]).map((one) => (
          <option key={one} value={one}>
            {text.disciplines[one]}
          </option>
        ))}
      </SelectField>
      <TextField label={text.employer} required maxLength={120} value={employer} onChange={(event) => setEmployer(event.target.value)} />
      <TextField label={text.fte} type="number" required min={1} max={100} value={fte} onChange={(event) => setFte(event.target.value)} />
      <TextField
        label={text.weeklyHours}
        type="number"
        required
        min={0}
        max={60}
        step={0.25}
        value={week}
        onChange={(event) => setWeek(event.target.value)}
      />
      <TextField
        label={text.homeBase}
        hint={text.homeBaseHint}
        required
        maxLength={120}
        value={homeBase}
        onChange={(event) => setHomeBase(event.target.value)}
      />
      <TextField
        label={text.languages}
        hint={text.languagesHint}
        maxLength={80}
        value={languages}
        onChange={(event) => setLanguages(event.target.value)}
      />
      <ChoiceField
        label={text.supervisor}
        search={text.search}
        choice={supervisor}
        onChange={(event) => supervisor.choose(event.target.value)}
      />
    </Act>
  )
}
