import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

const Looks = graphql(`
  query OwnLooks_list {
    ownLooks(first: 50) {
      id
      actor {
        title
        organization {
          id
          name
        }
      }
      purpose
      until
    }
  }
`)

/** For the patient: in which role and for whom somebody looked at the own chart, newest first, and why. */
export function OwnLooks() {
  const [result] = useQuery({ query: Looks, requestPolicy: 'cache-and-network' })
  return (
    <Section title={words.audit.title} note={words.audit.ownLooksNote}>
      <Loaded result={result} height={120}>
        {({ ownLooks }) => (
          <LimitedList items={ownLooks} most={6} keyOf={({ id }) => id} empty={words.audit.nobodyLooked}>
            {({ actor, until, purpose }) => (
              <Line end={<At instant={until} clock />}>
                {[actor.title, actor.organization?.name].filter(Boolean).join(', ')}
                <span className="soft small"> {words.audit.purposes[purpose]}</span>
              </Line>
            )}
          </LimitedList>
        )}
      </Loaded>
    </Section>
  )
}
