import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
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

/** What cannot wait: work that has to move, credentials near their end, practices where nobody works. */
export function WorkforceAlarms({ practices }: { practices: readonly Covered[] }) {
  const [result, again] = useQuery({ query: Ending })
  const text = words.workforce
  return (
    <Section title={text.alarms}>
      <Loaded result={result} height={80} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ sharedStaff }) => {
          const people = sharedStaff.edges.map(({ node }) => node)
          const alarms = [...people.flatMap(ofPerson), ...practices.flatMap(ofPractice)]
          return alarms.length === 0 ? <p className="soft">{text.calm}</p> : <ul className={styles['alarms']}>{alarms}</ul>
        }}
      </Loaded>
    </Section>
  )
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
