import { useState } from 'react'
import { useMutation, useQuery } from 'urql'
import { dayOf } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { newKey } from '../../lib/new-key.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { ChoiceField, useChoice } from '../../ui/choice-field.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField, useSearch } from '../../ui/search-field.tsx'
import { words } from '../../words/index.ts'
import { useViewer } from '../../app/viewer.ts'
import { AssignmentPreview } from './assignment-preview.tsx'
import { Assignments } from './assignment-section.tsx'
import { HoursField, type TypedHours, typedHours } from './hours-field.tsx'
import { useAssignments } from './use-assignments.ts'

const Counts = graphql(`
  query CareManagersPage_counts {
    careManagers(first: 1) {
      totalCount
    }
    free: careManagers(first: 1, free: true) {
      totalCount
    }
  }
`)
const CareManagers = graphql(`
  query CareManagersPage_careManagers($first: Int!, $after: String, $search: String) {
    careManagers(first: $first, after: $after, search: $search) {
      totalCount
      edges {
        node {
          id
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)
const Practices = graphql(`
  query CareManagersPage_assignablePractices($first: Int!, $after: String, $search: String) {
    assignablePractices(first: $first, after: $after, search: $search) {
      totalCount
      edges {
        node {
          id
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
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
/** Who works for which practice; nobody here is a patient. */
export function Component() {
  const [result, again] = useQuery({ query: Counts })
  const [assigning, setAssigning] = useState(false)
  const { search, field } = useSearch()
  const assignments = useAssignments({ search, practiceId: null })
  const refresh = () => {
    assignments.refresh()
    again({ requestPolicy: 'network-only' })
  }
  const people = result.data?.careManagers.totalCount ?? 0
  return (
    <Page
      title={words.careManagers.title}
      tab={words.careManagers.title}
      answer={<p className="soft">{result.data && words.careManagers.answer(people, result.data.free.totalCount)}</p>}
      action={
        people > 0 && (
          <Button look="primary" icon="people" onClick={() => setAssigning(true)}>
            {words.careManagers.assign}
          </Button>
        )
      }
    >
      <Loaded result={result} height={360} retry={refresh}>
        {() => (
          <>
            {people === 0 && <Notice title={words.careManagers.noPeople}>{words.careManagers.noPeopleAdvice}</Notice>}
            <SearchField label={words.careManagers.search} total={assignments.total} {...field} />
            <Assignments pages={assignments} />
          </>
        )}
      </Loaded>
      {assigning && <AssignTo onClose={() => setAssigning(false)} onDone={refresh} />}
    </Page>
  )
}

type Duty = keyof typeof words.workforce.duties
const duties = Object.keys(words.workforce.duties) as Duty[]

function AssignTo({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { region } = useViewer()
  const who = useChoice(CareManagers, (data) => data.careManagers)
  const where = useChoice(Practices, (data) => data.assignablePractices)
  const [kind, setKind] = useState<'ASSIGNMENT' | 'COVER'>('ASSIGNMENT')
  const [startsOn, setStart] = useState(dayOf(new Date().toISOString(), region.timeZone))
  const [endsOn, setEnd] = useState('')
  const [duty, setDuty] = useState<Duty>('CARE_MANAGEMENT')
  const [hours, setHours] = useState<readonly TypedHours[]>([])
  const [key, setKey] = useState(newKey)
  const [, assign] = useMutation(Assign)
  const text = words.careManagers
  const change = (set: (value: string) => void) => (event: { target: { value: string } }) => {
    set(event.target.value)
    setKey(newKey())
  }
  const wish = { membershipId: who.chosen, practiceId: where.chosen, duty, hours: typedHours(hours), startsOn, endsOn: endsOn || null }
  const act = async () => {
    const result = await assign({ input: { ...wish, kind, idempotencyKey: key } })
    const outcome = outcomeOf(result, (data) => data.assignCareManager)
    if (!outcome.error && !outcome.refused) onDone()
    return outcome
  }
  return (
    <Act title={text.assign} verb={text.assign} act={act} onClose={onClose}>
      <ChoiceField label={text.who} search={text.findWho} choice={who} onChange={change(who.choose)} />
      <ChoiceField label={text.practice} search={text.findPractice} choice={where} onChange={change(where.choose)} />
      <SelectField label={text.duty} value={duty} onChange={change((value) => setDuty(value as Duty))}>
        {duties.map((one) => (
          <option key={one} value={one}>
            {words.workforce.duties[one]}
          </option>
        ))}
      </SelectField>
      <SelectField label={text.kind} value={kind} onChange={change((value) => setKind(value === 'COVER' ? 'COVER' : 'ASSIGNMENT'))}>
        <option value="ASSIGNMENT">{text.kinds.ASSIGNMENT}</option>
        <option value="COVER">{text.kinds.COVER}</option>
      </SelectField>
      <TextField label={text.from} type="date" required value={startsOn} onChange={change(setStart)} />
      <TextField label={text.until} hint={text.untilHint} type="date" value={endsOn} onChange={change(setEnd)} />
      <HoursField
        rows={hours}
        onChange={(rows) => {
          setHours(rows)
          setKey(newKey())
        }}
      />
      <AssignmentPreview input={wish} />
    </Act>
  )
}
