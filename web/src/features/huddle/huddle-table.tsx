import { useState } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { shortDay } from '../../lib/dates.ts'
import { type FragmentOf, graphql, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import type { Outcome } from '../../lib/outcome.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Problem } from '../../ui/problem.tsx'
import { words } from '../../words/index.ts'
import { Person, Person_patient } from '../patient/person.tsx'
import styles from './huddle-page.module.css'

export const HuddleRow_entry = graphql(
  `
    fragment HuddleRow_entry on HuddleEntry {
      id
      practiceName
      day
      reason @include(if: $clinical)
      words @include(if: $clinical)
      carriedFrom
      addedBy
      endedAs
      endedBy
      patient {
        id
        familyName
        givenName
        lastVisit
        careManager
        openGapCount @include(if: $clinical)
        risk @include(if: $clinical) {
          tier
          tierTitle
          reasons
        }
        ...Person_patient
      }
    }
  `,
  [Person_patient],
)
type Entry = ResultOf<typeof HuddleRow_entry>

const End = graphql(`
  mutation HuddleTable_end($id: ID!, $as: HuddleEnding!) {
    endHuddleEntry(id: $id, as: $as) {
      __typename
      ... on HuddleEntryChanged {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Carry = graphql(`
  mutation HuddleTable_carry($id: ID!) {
    carryHuddleEntry(id: $id) {
      __typename
      ... on HuddleEntryChanged {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)

const t = words.huddle

/** People on a list: who, why, where they stand now, and what came of it. */
export function HuddleTable(props: {
  label: string
  entries: readonly FragmentOf<typeof HuddleRow_entry>[]
  /** Whether they are of several days. */
  dated?: boolean
  onChange: () => void
}) {
  const { label, entries, dated = false, onChange } = props
  const may = useMay()
  const { practiceIds } = useViewer()
  const [outcome, setOutcome] = useState<Outcome>({})
  const clinical = may('read', 'ClinicalRecord')
  const rows = entries.map((masked) => {
    const entry = readFragment(HuddleRow_entry, masked)
    const end = entry.endedAs === null && may('end', 'Huddle') ? <Acts entry={entry} onChange={onChange} onOutcome={setOutcome} /> : null
    return [
      <Who entry={entry} practice={practiceIds.length > 1} />,
      ...(clinical ? [<Why entry={entry} dated={dated} />, <Standing entry={entry} />] : []),
      end ?? (entry.endedAs ? t.ended[entry.endedAs](entry.endedBy ?? '') : <Box />),
    ]
  })
  return (
    <>
      {outcome.refused && (
        <Notice tone="warn" title={words.members.refused} urgent>
          {outcome.refused}
        </Notice>
      )}
      {outcome.error && <Problem error={outcome.error} />}
      <div className={styles['list']}>
        <PlainTable label={label} head={clinical ? t.columns : t.columnsOfDesk} rows={rows} prose={[1, 2, 3]} />
      </div>
    </>
  )
}

/** To tick off on paper. */
const Box = () => <span className={styles['box']} aria-hidden />

function Who({ entry: { patient, practiceName }, practice }: { entry: Entry; practice: boolean }) {
  return (
    <>
      {patient ? (
        <Link to={`/patients/${patient.id}`}>
          <Person patient={patient} demographics="short" />
        </Link>
      ) : (
        words.patient.missing
      )}
      {practice && <div className="soft small">{practiceName}</div>}
    </>
  )
}

function Why({ entry, dated }: { entry: Entry; dated: boolean }) {
  const { reason, words: own, addedBy, carriedFrom, day } = entry
  const from = [...(dated ? [t.on(shortDay(day))] : []), ...(carriedFrom ? [t.carriedFrom(shortDay(carriedFrom))] : [])]
  return (
    <>
      {reason && (reason === 'OTHER' ? own : t.reasons[reason])}
      {own && reason !== 'OTHER' && <div>{own}</div>}
      <div className="soft small">{[t.addedBy(addedBy), ...from].join(', ')}</div>
    </>
  )
}

function Standing({ entry: { patient } }: { entry: Entry }) {
  if (!patient) return null
  const { risk, openGapCount, lastVisit, careManager } = patient
  const facts = [
    ...(openGapCount === undefined ? [] : [t.gaps(openGapCount)]),
    lastVisit ? t.lastVisit(shortDay(lastVisit)) : t.neverSeen,
    careManager ? t.lead(careManager) : t.noLead,
  ]
  return (
    <div className={styles['standing']}>
      {risk && <span>{[words.risk.tier(risk.tier, risk.tierTitle), ...risk.reasons].join('; ')}</span>}
      <span className="soft small">{facts.join(' · ')}</span>
    </div>
  )
}

function Acts(props: { entry: Entry; onChange: () => void; onOutcome: (outcome: Outcome) => void }) {
  const { entry, onChange, onOutcome } = props
  const end = useAct(End, (data) => data.endHuddleEntry, onChange)
  const carry = useAct(Carry, (data) => data.carryHuddleEntry, onChange)
  const name = entry.patient ? words.patient.name(entry.patient.familyName, entry.patient.givenName) : ''
  const button = (verb: string, act: () => Promise<Outcome>) => (
    <Button look="quiet" aria-label={t.act(verb, name)} onClick={() => void act().then(onOutcome)}>
      {verb}
    </Button>
  )
  return (
    <>
      <Box />
      <span className={`${styles['acts']} screenOnly`}>
        {button(t.done, () => end({ id: entry.id, as: 'DONE' }))}
        {button(t.carry, () => carry({ id: entry.id }))}
        {button(t.remove, () => end({ id: entry.id, as: 'REMOVED' }))}
      </span>
    </>
  )
}
