import { Link } from 'react-router'
import { useQuery } from 'urql'
import { graphql, readFragment } from '../../lib/graphql.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { AuditRow_event } from './audit-columns.tsx'

const Lookers = graphql(
  `
    query PatientLookers_events($patientId: ID!) {
      auditEvents(filter: { patientId: $patientId, outcome: "allowed" }, first: 40) {
        edges {
          node {
            id
            ...AuditRow_event
          }
        }
      }
    }
  `,
  [AuditRow_event],
)

/** Who looked at one chart, newest first; for whoever may read the practice's audit. */
export function PatientLookers({ patientId }: { patientId: string }) {
  const [result] = useQuery({ query: Lookers, variables: { patientId } })
  return (
    <Section title={words.audit.title} aside={<Link to={`/who-looked?patient=${patientId}`}>{words.audit.all}</Link>}>
      <Loaded result={result} height={120}>
        {({ auditEvents }) => (
          <LimitedList
            items={auditEvents.edges
              .map(({ node }) => readFragment(AuditRow_event, node))
              .filter(({ subject }) => subject !== 'AuditEvent')}
            most={6}
            keyOf={({ id }) => id}
            empty={words.audit.nobodyLooked}
          >
            {({ actor, at, purpose }) => (
              <Line end={<At instant={at} clock />}>
                {actor.name ?? words.audit.job}
                <span className="soft small"> {[actor.title, words.audit.purposes[purpose]].filter(Boolean).join(', ')}</span>
              </Line>
            )}
          </LimitedList>
        )}
      </Loaded>
    </Section>
  )
}
