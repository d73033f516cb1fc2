import { Link } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

const Lookers = graphql(`
  query PatientLookers_looks($patientId: ID!) {
    chartLooks(patientId: $patientId, first: 20) {
      id
      actor {
        name
        title
      }
      purpose
      until
      times
    }
  }
`)

/** Who looked at one chart, newest first, one line a look; for whoever may read the practice's audit. */
export function PatientLookers({ patientId }: { patientId: string }) {
  const [result] = useQuery({ query: Lookers, variables: { patientId } })
  return (
    <Section title={words.audit.title} aside={<Link to={`/who-looked?patient=${patientId}`}>{words.audit.all}</Link>}>
      <Loaded result={result} height={120}>
        {({ chartLooks }) => (
          <LimitedList items={chartLooks} most={6} keyOf={({ id }) => id} empty={words.audit.nobodyLooked}>
            {({ actor, until, purpose, times }) => (
              <Line end={<At instant={until} clock />}>
                {actor.name ?? words.audit.job}
                <span className="soft small">
                  {' '}
                  {[actor.title, words.audit.purposes[purpose], times > 1 && words.audit.times(times)].filter(Boolean).join(', ')}
                </span>
              </Line>
            )}
          </LimitedList>
        )}
      </Loaded>
    </Section>
  )
}
