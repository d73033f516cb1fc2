import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

const Disclosures = graphql(`
  query PatientDisclosures_list($patientId: ID!) {
    disclosures(patientId: $patientId) {
      id
      at
      to {
        name
        organization {
          id
          name
        }
      }
      what
      why
    }
  }
`)

/** The accounting of disclosures of one chart (45 CFR 164.528; 42 CFR 2.25). */
export function PatientDisclosures({ patientId }: { patientId: string }) {
  const [result] = useQuery({ query: Disclosures, variables: { patientId } })
  return (
    <Section title={words.audit.disclosures} note={words.audit.disclosuresNote}>
      <Loaded result={result} height={60}>
        {({ disclosures }) => (
          <LimitedList items={disclosures} most={4} keyOf={({ id }) => id} empty={words.audit.noDisclosures}>
            {({ at, to, what, why }) => (
              <Line end={<At instant={at} />}>
                {[to.organization?.name, to.name].filter(Boolean).join(', ')}
                <span className="soft small"> {words.audit.disclosed(what, why)}</span>
              </Line>
            )}
          </LimitedList>
        )}
      </Loaded>
    </Section>
  )
}
