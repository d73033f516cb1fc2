import { type ReactNode, useState } from 'react'
import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { shortDay } from '../../lib/dates.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { Credentials } from './credentials.tsx'
import { RecordStaff } from './record-staff.tsx'
import { RecordTraining } from './record-training.tsx'
import { WorkCalendar } from './work-calendar.tsx'
import { clockOf, StaffFacts } from './staff-parts.ts'
import styles from './workforce.module.css'

const Person = graphql(
  `
    query PersonPage_sharedStaffMember($id: ID!) {
      sharedStaffMember(id: $id) {
        ...StaffFacts
        educationMinutes
        training {
          id
          kind
          title
          day
          done
          minutes
        }
        assignments {
          id
          kind
          duty
          startsOn
          endsOn
          hours {
            weekday
            from
            until
          }
          practice {
            name
          }
        }
      }
    }
  `,
  [StaffFacts],
)
type Person = NonNullable<ResultOf<typeof Person>['sharedStaffMember']>

/** One of the shared staff: at work, allowed to, learning, and where. */
export function Component() {
  const { id = '' } = useParams()
  return <PersonPage key={id} id={id} />
}

function PersonPage({ id }: { id: string }) {
  const [result, again] = useQuery({ query: Person, variables: { id } })
  const [doing, setDoing] = useState<'facts' | 'training' | null>(null)
  const may = useMay()
  const text = words.workforce
  const person = result.data?.sharedStaffMember
  const refresh = () => again({ requestPolicy: 'network-only' })
  const close = () => setDoing(null)
  return (
    <Page
      title={person?.name ?? text.title}
      tab={text.title}
      answer={person?.discipline && <p className="soft">{text.disciplines[person.discipline]}</p>}
      action={
        person &&
        may('update', 'Staff') && (
          <Button look="primary" onClick={() => setDoing('facts')}>
            {text.record}
          </Button>
        )
      }
    >
      <Loaded result={result} height={480} retry={refresh}>
        {() =>
          person ? (
            <>
              {person.mustMove.length > 0 && (
                <Notice tone="bad" title={text.mustMove(person.name, person.mustMove.map(({ practice }) => practice.name).join(', '))} />
              )}
              <Facts person={person} />
              <Credentials person={person} onChanged={refresh} />
              <Training person={person} onRecord={may('update', 'Staff') ? () => setDoing('training') : null} />
              <Assignments person={person} />
              <WorkCalendar of={{ membershipId: person.id }} />
            </>
          ) : (
            <Empty title={text.missing}>{text.missingAdvice}</Empty>
          )
        }
      </Loaded>
      {doing === 'facts' && person && <RecordStaff person={person} onClose={close} onDone={refresh} />}
      {doing === 'training' && person && <RecordTraining staffId={person.id} onClose={close} onDone={refresh} />}
    </Page>
  )
}

function Facts({ person }: { person: Person }) {
  const text = words.workforce
  if (!person.discipline)
    return (
      <Notice tone="warn" title={text.factsMissing(person.name)}>
        {text.factsMissingAdvice}
      </Notice>
    )
  return (
    <Section title={text.facts}>
      <dl className={styles['facts']}>
        <Fact name={text.employer}>{person.employer}</Fact>
        <Fact name={text.fte}>{person.ftePercent}</Fact>
        <Fact name={text.columns.week}>{text.hours(person.weeklyMinutes ?? 0)}</Fact>
        <Fact name={text.homeBase}>{person.homeBase}</Fact>
        <Fact name={text.languages}>{person.languages.join(', ')}</Fact>
        <Fact name={text.supervisor}>{person.supervisor ?? text.noSupervisor}</Fact>
      </dl>
    </Section>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)

function Training({ person: { training, educationMinutes }, onRecord }: { person: Person; onRecord: (() => void) | null }) {
  const text = words.workforce
  return (
    <Section
      title={text.training}
      note={text.educationOf(educationMinutes)}
      aside={onRecord && <Button onClick={onRecord}>{text.recordTraining}</Button>}
    >
      {training.length === 0 ? (
        <Empty title={text.noTraining}>{text.noTrainingAdvice}</Empty>
      ) : (
        <PlainTable
          label={text.training}
          head={[text.titleOf, text.kind, text.day, text.length]}
          prose={[1]}
          rows={training.map(({ title, kind, day, done, minutes }) => [
            title,
            text.trainingKinds[kind],
            done ? <OnDay key={day} day={day} /> : text.toDo(shortDay(day)),
            minutes === 0 ? '' : text.hours(minutes),
          ])}
        />
      )}
    </Section>
  )
}

function Assignments({ person: { assignments } }: { person: Person }) {
  const text = words.workforce
  return (
    <Section title={text.assignments}>
      {assignments.length === 0 ? (
        <Empty title={text.noAssignments}>{text.noAssignmentsAdvice}</Empty>
      ) : (
        <PlainTable
          label={text.assignments}
          head={[text.practice, text.duty, ...text.weekdays, words.careManagers.columns.from, words.careManagers.columns.until]}
          prose={[1, 2, 3, 4, 5, 6, 7, 8]}
          rows={assignments.map(({ practice, kind, duty, hours, startsOn, endsOn }) => [
            practice.name,
            kind === 'COVER' ? words.careManagers.kinds.COVER : text.duties[duty],
            ...text.weekdays.map((_, index) =>
              hours
                .filter(({ weekday }) => weekday === index + 1)
                .map(({ from, until }) => text.timesOf(clockOf(from), clockOf(until)))
                .join(', '),
            ),
            <OnDay key="from" day={startsOn} />,
            endsOn ? <OnDay key="until" day={endsOn} /> : words.careManagers.open,
          ])}
        />
      )}
    </Section>
  )
}
