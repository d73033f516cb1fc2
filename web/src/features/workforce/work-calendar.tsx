import { useState } from 'react'
import { useQuery } from 'urql'
import { useViewer } from '../../app/viewer.ts'
import { addDays, dayOf, mondayOf, shortDay } from '../../lib/dates.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { clockOf } from './staff-parts.ts'
import styles from './workforce.module.css'

const Calendar = graphql(`
  query WorkCalendar_workCalendar($practiceId: ID, $membershipId: ID, $from: Day) {
    workCalendar(practiceId: $practiceId, membershipId: $membershipId, from: $from, weeks: 4) {
      day
      stints {
        assignmentId
        careManager
        practice {
          name
        }
        kind
        from
        until
        coversFor
        isAway
      }
    }
  }
`)
type CalendarDay = ResultOf<typeof Calendar>['workCalendar'][number]
type Stint = CalendarDay['stints'][number]

const WEEKS = 4
const text = words.workforce

/** Four weeks of one practice or one person: who is where, who is away, who covers. */
export function WorkCalendar({ of }: { of: { practiceId: string } | { membershipId: string } }) {
  const { region } = useViewer()
  const [from, setFrom] = useState(() => mondayOf(dayOf(new Date().toISOString(), region.timeZone)))
  const [result, again] = useQuery({ query: Calendar, variables: { ...of, from } })
  const isOfPractice = 'practiceId' in of
  return (
    <Section
      title={text.calendar}
      note={text.calendarNote(shortDay(from), shortDay(addDays(from, WEEKS * 7 - 1)))}
      aside={
        <span className={styles['turns']}>
          <Button onClick={() => setFrom(addDays(from, -WEEKS * 7))}>{text.earlier}</Button>
          <Button onClick={() => setFrom(addDays(from, WEEKS * 7))}>{text.later}</Button>
        </span>
      }
    >
      <Loaded result={result} height={200} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ workCalendar }) => (
          <Weeks days={workCalendar} nameOf={(stint) => (isOfPractice ? (stint.careManager ?? '') : stint.practice.name)} />
        )}
      </Loaded>
    </Section>
  )
}

function Weeks({ days, nameOf }: { days: readonly CalendarDay[]; nameOf: (stint: Stint) => string }) {
  const all = days.flatMap(({ stints }) => stints)
  if (all.length === 0) return <Empty title={text.calendarEmpty}>{text.calendarEmptyAdvice}</Empty>
  // Work whose hours nobody agreed on is on every day of its time, and said once.
  const unagreed = [...new Set(all.filter((stint) => isUnagreed(stint)).map(nameOf))]
  const shown = days.map(({ day, stints }) => ({ day, stints: stints.filter((stint) => !isUnagreed(stint)) }))
  const weekdays = [0, 1, 2, 3, 4, 5, 6].filter((index) => index < 5 || shown.some(({ stints }, i) => i % 7 === index && stints.length > 0))
  return (
    <>
      {unagreed.length > 0 && <p className="soft small">{text.unagreed(unagreed.join(', '))}</p>}
      <PlainTable
        label={text.calendar}
        head={[text.weekOf, ...weekdays.map((index) => text.weekdays[index]!)]}
        prose={weekdays.map((_, index) => index + 1)}
        rows={Array.from({ length: days.length / 7 }, (_, week) => [
          shortDay(shown[week * 7]!.day),
          ...weekdays.map((index) => <Stints key={index} stints={shown[week * 7 + index]!.stints} nameOf={nameOf} />),
        ])}
      />
    </>
  )
}

const isUnagreed = ({ kind, from }: Stint): boolean => kind === 'ASSIGNMENT' && from === null

function Stints({ stints, nameOf }: { stints: readonly Stint[]; nameOf: (stint: Stint) => string }) {
  return stints.map((stint, index) => (
    <span key={index} className={styles['stint']}>
      <span className={stint.isAway ? styles['away'] : undefined}>{nameOf(stint)}</span>
      <span className={styles['times']}>
        {[
          stint.from !== null && stint.until !== null ? text.timesOf(clockOf(stint.from), clockOf(stint.until)) : '',
          stint.isAway ? text.isAway : '',
          stint.kind === 'COVER' ? (stint.coversFor ? words.careManagers.coversFor(stint.coversFor) : words.careManagers.kinds.COVER) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </span>
  ))
}
