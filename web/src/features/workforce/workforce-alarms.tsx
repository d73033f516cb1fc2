import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { dayOf, shortDay } from '../../lib/dates.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { Icon } from '../../ui/icon.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import type { Covered } from './coverage-map.tsx'
import { Expiry } from './expiry.tsx'
import { StaffFacts } from './staff-parts.ts'
import styles from './workforce.module.css'

const Ending = graphql(
  `
    query WorkforceAlarms_ending {
      sharedStaff(first: 50, ending: true) {
        totalCount
        edges {
          node {
            ...StaffFacts
          }
        }
      }
    }
  `,
  [StaffFacts],
)

const Held = graphql(`
  query WorkforceAlarms_held {
    caseloadBalance {
      leadId
      cases
      unowned
    }
  }
`)
const Away = graphql(`
  query WorkforceAlarms_away {
    leaves(first: 50) {
      edges {
        node {
          id
          name
          from
          uncovered {
            name
          }
        }
      }
    }
  }
`)

/** What cannot wait: people without an owner, leave without cover, work that has to move, credentials near their end, practices where nobody works. */
export function WorkforceAlarms({ practices }: { practices: readonly Covered[] }) {
  const may = useMay()
  const { region } = useViewer()
  const [result, again] = useQuery({ query: Ending })
  const [held] = useQuery({ query: Held, pause: !may('read', 'Caseload'), requestPolicy: 'cache-and-network' })
  const [away] = useQuery({ query: Away, pause: !may('read', 'Leave'), requestPolicy: 'cache-and-network' })
  const text = words.workforce
  return (
    <Section title={text.alarms}>
      <Loaded result={result} height={80} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ sharedStaff }) => {
          const people = sharedStaff.edges.map(({ node }) => node)
          const alarms = [
            ...ofCases(held.data?.caseloadBalance ?? []),
            ...(away.data?.leaves.edges ?? []).flatMap(({ node }) => ofLeave(node, region.timeZone)),
            ...people.flatMap(ofPerson),
            ...practices.flatMap(ofPractice),
          ]
          return alarms.length === 0 ? <p className="soft">{text.calm}</p> : <ul className={styles['alarms']}>{alarms}</ul>
        }}
      </Loaded>
    </Section>
  )
}

function ofCases(loads: ResultOf<typeof Held>['caseloadBalance']): ReactNode[] {
  const t = words.caseload
  const waiting = loads.find(({ leadId }) => leadId === null)?.cases ?? 0
  const unowned = loads.reduce((sum, load) => sum + load.unowned, 0) - waiting
  const alarm = (part: string, tone: string | undefined, said: string) => (
    <li key={part} className={tone}>
      <Icon name="alert" size={14} />
      <Link to={`/caseload?show=${part}`}>{said}</Link>
    </li>
  )
  return [
    ...(unowned > 0 ? [alarm('NO_OWNER', styles['bad'], t.alarmUnowned(unowned))] : []),
    ...(waiting > 0 ? [alarm('UNASSIGNED', styles['warn'], t.alarmWaiting(waiting))] : []),
  ]
}

type Leave = ResultOf<typeof Away>['leaves']['edges'][number]['node']

function ofLeave({ id, name, from, uncovered }: Leave, timeZone: string): ReactNode[] {
  if (uncovered.length === 0) return []
  const places = uncovered.map((place) => place.name).join(', ')
  return [
    <li key={id} className={styles['warn']}>
      <Icon name="alert" size={14} />
      <Link to="/leave">{words.caseload.alarmCover(name, shortDay(dayOf(from, timeZone)), places)}</Link>
    </li>,
  ]
}

function ofPerson({ id, name, credentials, mustMove }: StaffFacts): ReactNode[] {
  const text = words.workforce
  const who = <Link to={`/workforce/${id}`}>{name}</Link>
  const ending = credentials.filter(({ expiry }) => expiry !== 'HOLDS')
  return [
    ...ending.map((credential) => (
      <li key={credential.id}>
        {who} <Expiry credential={credential} />
      </li>
    )),
    ...(mustMove.length === 0
      ? []
      : [
          <li key={`${id} must move`} className={styles['bad']}>
            <Icon name="alert" size={14} />
            {text.mustMove(name, mustMove.map(({ practice }) => practice.name).join(', '))}
          </li>,
        ]),
  ]
}

function ofPractice({ practice, weeklyMinutes, withoutHours }: Covered): ReactNode[] {
  const text = words.workforce
  if (weeklyMinutes === 0 && withoutHours.length === 0)
    return [
      <li key={practice.id} className={styles['warn']}>
        <Icon name="alert" size={14} />
        {text.nobodyAt(practice.name)}
      </li>,
    ]
  return withoutHours.map((who) => <li key={`${practice.id} ${who}`}>{text.noHoursAt(practice.name, who)}</li>)
}
