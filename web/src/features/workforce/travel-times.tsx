import { useState } from 'react'
import { useQuery } from 'urql'
import { useViewer } from '../../app/viewer.ts'
import { dayOf } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

const Travel = graphql(`
  query TravelTimes_travelTimes {
    travelTimes {
      id
      oneTown
      otherTown
      minutes
      since
    }
  }
`)
const Record = graphql(`
  mutation TravelTimes_recordTravelTime($input: RecordTravelTimeInput!) {
    recordTravelTime(input: $input) {
      __typename
      ... on TravelTime {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)
const text = words.workforce

/** How long the ways between towns take. */
export function TravelTimes() {
  const [result, again] = useQuery({ query: Travel })
  const [recording, setRecording] = useState(false)
  const refresh = () => again({ requestPolicy: 'network-only' })
  return (
    <Section title={text.travel} note={text.travelNote} aside={<Button onClick={() => setRecording(true)}>{text.recordTravel}</Button>}>
      <Loaded result={result} height={160} retry={refresh}>
        {({ travelTimes }) =>
          travelTimes.length === 0 ? (
            <Empty title={text.noTravel}>{text.noTravelAdvice}</Empty>
          ) : (
            <PlainTable
              label={text.travel}
              head={[text.oneTown, text.otherTown, text.minutes, text.since]}
              prose={[1]}
              rows={travelTimes.map(({ oneTown, otherTown, minutes, since }) => [
                oneTown,
                otherTown,
                minutes,
                <OnDay key="since" day={since} />,
              ])}
            />
          )
        }
      </Loaded>
      {recording && <RecordTravel onClose={() => setRecording(false)} onDone={refresh} />}
    </Section>
  )
}

function RecordTravel({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { region } = useViewer()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [minutes, setMinutes] = useState('')
  const [since, setSince] = useState(dayOf(new Date().toISOString(), region.timeZone))
  const record = useAct(Record, (data) => data.recordTravelTime, onDone)
  const act = () => record({ input: { from, to, minutes: Number(minutes), since } })
  return (
    <Act title={text.recordTravel} verb={text.recordTravel} act={act} onClose={onClose}>
      <TextField
        label={text.oneTown}
        hint={text.townHint}
        required
        maxLength={120}
        value={from}
        onChange={(event) => setFrom(event.target.value)}
      />
      <TextField label={text.otherTown} required maxLength={120} value={to} onChange={(event) => setTo(event.target.value)} />
      <TextField
        label={text.minutes}
        type="number"
        required
        min={0}
        max={600}
        step={1}
        value={minutes}
        onChange={(event) => setMinutes(event.target.value)}
      />
      <TextField label={text.since} type="date" required value={since} onChange={(event) => setSince(event.target.value)} />
    </Act>
  )
}
