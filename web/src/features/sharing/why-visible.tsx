import { useQuery } from 'urql'
import { shortDay } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

const Why = graphql(`
  query WhyVisible_rules($id: ID!) {
    whyVisible(id: $id) {
      visible
      words
      reasons {
        rule
        words
      }
    }
  }
`)

/** Days in sentences of the API stand as 2026-10-13. */
const withShortDays = (text: string): string => text.replaceAll(/\d{4}-\d{2}-\d{2}/g, (day) => shortDay(day))

/** Which rules open this chart, and its protected records, to the reader now. */
export function WhyVisible({ patientId }: { patientId: string }) {
  const [result] = useQuery({ query: Why, variables: { id: patientId } })
  return (
    <Section title={words.sharing.why}>
      <Loaded result={result} height={40}>
        {({ whyVisible }) => (
          <LimitedList items={whyVisible.reasons} most={8} keyOf={(reason) => `${reason.rule} ${reason.words}`} empty={whyVisible.words}>
            {(reason) => <p>{withShortDays(reason.words)}</p>}
          </LimitedList>
        )}
      </Loaded>
    </Section>
  )
}
