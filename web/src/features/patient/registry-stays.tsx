import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { shortDay } from '../../lib/dates.ts'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ProtectedMark } from '../sharing/protected-mark.tsx'

export const RegistryStays_patient = graphql(`
  fragment RegistryStays_patient on Patient {
    registryHistory {
      id
      title
      enteredOn
      enteredBy
      enteredReasons {
        clause
        facts {
          reference
          text
          value
          on
        }
      }
      leftOn
      leftBy
      leftClauses
      sensitivity
    }
  }
`)

/** Which registries the person is in, since when and why, then those they were in. */
export function RegistryStays({ patient }: { patient: FragmentOf<typeof RegistryStays_patient> }) {
  const { registryHistory } = readFragment(RegistryStays_patient, patient)
  const going = registryHistory.filter(({ leftOn }) => leftOn === null).length
  return (
    <Section title={words.registries.onChart}>
      <LimitedList items={registryHistory} most={Math.max(going, 4)} keyOf={({ id }) => id} empty={words.registries.noStays}>
        {(stay) => (
          <>
            <Line
              end={
                <>
                  {words.registries.since} <OnDay day={stay.enteredOn} /> {stay.leftOn && words.registries.fromUntil(shortDay(stay.leftOn))}
                </>
              }
            >
              <span className={stay.leftOn === null ? '' : 'soft'}>{stay.title}</span>
              <ProtectedMark by={stay.sensitivity} />
            </Line>
            <p className="soft small">
              {words.registries.enteredBy[stay.enteredBy]}: {stay.enteredReasons.map(reasonWords).join('; ')}
            </p>
            {stay.leftBy && <p className="soft small">{words.registries.leftBy[stay.leftBy](stay.leftClauses)}</p>}
          </>
        )}
      </LimitedList>
    </Section>
  )
}

type Reason = { clause: string; facts: readonly Fact[] }
type Fact = { text: string | null; value: string | null; on: string | null }

const reasonWords = ({ clause, facts }: Reason): string => (facts.length === 0 ? clause : `${clause} (${facts.map(factWords).join('; ')})`)

/** A record's day may be a part of one, or from one to another. */
const factWords = ({ text, value, on }: Fact): string => [text, value, on?.length === 10 ? shortDay(on) : on].filter(Boolean).join(', ')
