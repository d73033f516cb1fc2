import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ProtectedMark } from '../sharing/protected-mark.tsx'

export const EncounterTimeline_patient = graphql(`
  fragment EncounterTimeline_patient on Patient {
    encounters(first: 60) {
      id
      text
      class
      start
      sensitivity
    }
  }
`)

/** What happened, newest first; where, unless it was the office. */
export function EncounterTimeline({ patient, most }: { patient: FragmentOf<typeof EncounterTimeline_patient>; most: number }) {
  const { encounters } = readFragment(EncounterTimeline_patient, patient)
  return (
    <Section title={words.patient.timeline}>
      <LimitedList items={encounters} most={most} keyOf={(encounter) => encounter.id} empty={words.patient.noEncounters}>
        {(encounter) => (
          <Line end={<At instant={encounter.start} />}>
            {encounter.text}{' '}
            {encounter.class && encounter.class !== 'AMB' && (
              <span className="soft small">{words.patient.encounterClasses[encounter.class] ?? encounter.class}</span>
            )}
            <ProtectedMark by={encounter.sensitivity} />
          </Line>
        )}
      </LimitedList>
    </Section>
  )
}
