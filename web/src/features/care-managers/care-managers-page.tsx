import { useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { dayOf } from '../../lib/dates.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField, useSearch } from '../../ui/search-field.tsx'
import { words } from '../../words/index.ts'
import { useViewer } from '../../app/viewer.ts'
import { Assignments } from './assignment-section.tsx'
import { useAssignments } from './use-assignments.ts'

const CareManagers = graphql(`
  query CareManagersPage_careManagers {
    careManagers {
      id
      name
      assignments {
        id
      }
    }
    assignablePractices {
      id
      name
    }
  }
`)
const Assign = graphql(`
  mutation CareManagersPage_assignCareManager($input: AssignCareManagerInput!) {
    assignCareManager(input: $input) {
      __typename
      ... on CareAssignment {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)
type Choices = ResultOf<typeof CareManagers>

/** Who works for which practice; nobody here is a patient. */
export function Component() {
  const [result, again] = useQuery({ query: CareManagers })
  const [assigning, setAssigning] = useState(false)
  const { search, field } = useSearch()
  const assignments = useAssignments({ search, practiceId: null })
  const refresh = () => {
    assignments.refresh()
    again({ requestPolicy: 'network-only' })
  }
  const people = result.data?.careManagers ?? []
  const free = people.filter(({ assignments }) => assignments.length === 0)
  return (
    <Page
      title={words.careManagers.title}
      tab={words.careManagers.title}
      answer={<p className="soft">{result.data && words.careManagers.answer(people.length, free.length)}</p>}
      action={
        people.length > 0 && (
          <Button look="primary" icon="people" onClick={() => setAssigning(true)}>
            {words.careManagers.assign}
          </Button>
        )
      }
    >
      <Loaded result={result} height={360} retry={refresh}>
        {() => (
          <>
            {people.length === 0 && <Notice title={words.careManagers.noPeople}>{words.careManagers.noPeopleAdvice}</Notice>}
            <SearchField label={words.careManagers.search} total={assignments.total} {...field} />
            <Assignments pages={assignments} />
          </>
        )}
      </Loaded>
      {assigning && result.data && <AssignTo choices={result.data} onClose={() => setAssigning(false)} onDone={refresh} />}
    </Page>
  )
}

function AssignTo({ choices, onClose, onDone }: { choices: Choices; onClose: () => void; onDone: () => void }) {
  const { region } = useViewer()
  const [membershipId, setMembership] = useState(choices.careManagers[0]?.id ?? '')
  const [practiceId, setPractice] = useState(choices.assignablePractices[0]?.id ?? '')
  const [kind, setKind] = useState<'ASSIGNMENT' | 'COVER'>('ASSIGNMENT')
  const [startsOn, setStart] = useState(dayOf(new Date().toISOString(), region.timeZone))
  const [endsOn, setEnd] = useState('')
  const [key, setKey] = useState(newKey)
  const [, assign] = useMutation(Assign)
  const text = words.careManagers
  const change = (set: (value: string) => void) => (event: { target: { value: string } }) => {
    set(event.target.value)
    setKey(newKey())
  }
  const act = async () => {
    const result = await assign({ input: { membershipId, practiceId, kind, startsOn, endsOn: endsOn || null, idempotencyKey: key } })
    const outcome = outcomeOf(result, (data) => data.assignCareManager)
    if (!outcome.error && !outcome.refused) onDone()
    return outcome
  }
  return (
    <Act title={text.assign} verb={text.assign} act={act} onClose={onClose}>
      <SelectField label={text.who} value={membershipId} onChange={change(setMembership)}>
        {choices.careManagers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField label={text.practice} value={practiceId} onChange={change(setPractice)}>
        {choices.assignablePractices.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField label={text.kind} value={kind} onChange={change((value) => setKind(value === 'COVER' ? 'COVER' : 'ASSIGNMENT'))}>
        <option value="ASSIGNMENT">{text.kinds.ASSIGNMENT}</option>
        <option value="COVER">{text.kinds.COVER}</option>
      </SelectField>
      <TextField label={text.from} type="date" required value={startsOn} onChange={change(setStart)} />
      <TextField label={text.until} hint={text.untilHint} type="date" value={endsOn} onChange={change(setEnd)} />
    </Act>
  )
}
