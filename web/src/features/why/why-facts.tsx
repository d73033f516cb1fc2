import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

export const WhyFacts_reason = graphql(`
  fragment WhyFacts_reason on Reason {
    facts {
      reference
      text
      on
      value
      status
      sensitivity
    }
  }
`)

/** The records that decided, with what they say and when. */
export function WhyFacts({ reason }: { reason: FragmentOf<typeof WhyFacts_reason> }) {
  const { facts } = readFragment(WhyFacts_reason, reason)
  return (
    <Section title={words.why.facts}>
      {facts.length === 0 ? (
        <p className="soft">{words.why.noFacts}</p>
      ) : (
        <PlainTable
          label={words.why.facts}
          head={words.why.factsHead}
          rows={facts.map(({ reference, text, on, value, status, sensitivity }) => [
            <span key="record" title={reference}>
              {nameOf(reference, text)} {sensitivity && <span className="soft small">{words.why.labelled}</span>}
            </span>,
            on && on.length === 10 ? <OnDay day={on} /> : on,
            value,
            status,
          ])}
        />
      )}
    </Section>
  )
}

function nameOf(reference: string, text: string | null): string {
  const type = reference.slice(0, reference.indexOf('/'))
  const kind = words.patient.resourceTypes[type] ?? type
  return text === null ? kind : `${kind}: ${text}`
}
