import { graphql, type FragmentOf, readFragment, type ResultOf } from '../../lib/graphql.ts'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import styles from './why-logic.module.css'

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
    mentioned {
      reference
      text
      on
      value
      status
      sensitivity
    }
  }
`)
type Fact = ResultOf<typeof WhyFacts_reason>['facts'][number]

/** Where a record (`Type/id`) stands on the page. */
export const placeOf = (reference: string): string => `record-${reference.replace('/', '-')}`

/** The records that decided, with what they say and when. */
export function WhyFacts({ reason }: { reason: FragmentOf<typeof WhyFacts_reason> }) {
  const { facts } = readFragment(WhyFacts_reason, reason)
  return (
    <Section title={words.why.facts}>
      {facts.length === 0 ? <p className="soft">{words.why.noFacts}</p> : <Facts label={words.why.facts} facts={facts} />}
    </Section>
  )
}

/** Other records that the logic names. */
export function WhyMentioned({ reason }: { reason: FragmentOf<typeof WhyFacts_reason> }) {
  const { mentioned } = readFragment(WhyFacts_reason, reason)
  if (mentioned.length === 0) return null
  return (
    <Section title={words.why.mentioned}>
      <Facts label={words.why.mentioned} facts={mentioned} />
    </Section>
  )
}

function Facts({ label, facts }: { label: string; facts: readonly Fact[] }) {
  return (
    <PlainTable
      label={label}
      head={words.why.factsHead}
      rows={facts.map(({ reference, text, on, value, status, sensitivity }) => [
        <span key="record" id={placeOf(reference)} tabIndex={-1} className={styles['record']}>
          {nameOf(reference, text)} {sensitivity && <span className="soft small">{words.why.labelled}</span>}
        </span>,
        on && on.length === 10 ? <OnDay day={on} /> : on,
        value,
        status,
      ])}
    />
  )
}

function nameOf(reference: string, text: string | null): string {
  const type = reference.slice(0, reference.indexOf('/'))
  const kind = words.patient.resourceTypes[type] ?? type
  return text === null ? kind : `${kind}: ${text}`
}
