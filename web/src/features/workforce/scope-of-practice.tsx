import { useState } from 'react'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { dayOf } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { Check } from '../../ui/choices.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

const Rules = graphql(`
  query ScopeOfPractice_scopeOfPractice {
    scopeOfPractice {
      id
      discipline
      duty
      permitted
      needsLicense
      since
      source
    }
  }
`)
const Record = graphql(`
  mutation ScopeOfPractice_recordScopeRule($input: RecordScopeRuleInput!) {
    recordScopeRule(input: $input) {
      __typename
      ... on ScopeRule {
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
type Duty = keyof typeof text.duties
const disciplines = Object.keys(text.disciplines) as Discipline[]
const duties = Object.keys(text.duties) as Duty[]

/** Which discipline may do what, and what each rule rests on. */
export function ScopeOfPractice() {
  const [result, again] = useQuery({ query: Rules })
  const [changing, setChanging] = useState(false)
  const may = useMay()
  const refresh = () => again({ requestPolicy: 'network-only' })
  return (
    <Section
      title={text.scope}
      note={text.scopeNote}
      aside={may('update', 'Staff') && <Button onClick={() => setChanging(true)}>{text.changeScope}</Button>}
    >
      <Loaded result={result} height={240} retry={refresh}>
        {({ scopeOfPractice }) => (
          <PlainTable
            label={text.scope}
            head={[text.duty, ...disciplines.map((discipline) => text.disciplines[discipline]), text.source]}
            prose={[...disciplines.keys(), disciplines.length].map((index) => index + 1)}
            rows={duties.map((duty) => {
              const rules = scopeOfPractice.filter((rule) => rule.duty === duty)
              return [
                text.duties[duty],
                ...disciplines.map((discipline) => {
                  const rule = rules.find((one) => one.discipline === discipline)
                  if (!rule?.permitted) return <span className="soft">{text.mayNot}</span>
                  return rule.needsLicense ? text.mayLicensed : text.may
                }),
                [...new Set(rules.map(({ source }) => source))].join('; '),
              ]
            })}
          />
        )}
      </Loaded>
      {changing && <ChangeRule onClose={() => setChanging(false)} onDone={refresh} />}
    </Section>
  )
}

function ChangeRule({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { region } = useViewer()
  const [discipline, setDiscipline] = useState<Discipline>('NURSE')
  const [duty, setDuty] = useState<Duty>('CARE_MANAGEMENT')
  const [permitted, setPermitted] = useState(true)
  const [needsLicense, setNeedsLicense] = useState(true)
  const [since, setSince] = useState(dayOf(new Date().toISOString(), region.timeZone))
  const [source, setSource] = useState('')
  const record = useAct(Record, (data) => data.recordScopeRule, onDone)
  const act = () => record({ input: { discipline, duty, permitted, needsLicense, since, source } })
  return (
    <Act title={text.changeScope} verb={text.changeScope} act={act} onClose={onClose}>
      <SelectField label={text.discipline} value={discipline} onChange={(event) => setDiscipline(event.target.value as Discipline)}>
        {disciplines.map((one) => (
          <option key={one} value={one}>
            {text.disciplines[one]}
          </option>
        ))}
      </SelectField>
      <SelectField label={text.duty} value={duty} onChange={(event) => setDuty(event.target.value as Duty)}>
        {duties.map((one) => (
          <option key={one} value={one}>
            {text.duties[one]}
          </option>
        ))}
      </SelectField>
      <Check label={text.permitted} checked={permitted} onChange={setPermitted} />
      <Check label={text.needsLicense} checked={needsLicense} onChange={setNeedsLicense} />
      <TextField label={text.since} type="date" required value={since} onChange={(event) => setSince(event.target.value)} />
      <TextField
        label={text.source}
        hint={text.sourceHint}
        required
        maxLength={120}
        value={source}
        onChange={(event) => setSource(event.target.value)}
      />
    </Act>
  )
}
