import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ProtectedMark } from '../sharing/protected-mark.tsx'

export const ImmunizationList_patient = graphql(`
  fragment ImmunizationList_patient on Patient {
    immunizations {
      id
      text
      on
      sensitivity
    }
  }
`)

export function ImmunizationList({ patient }: { patient: FragmentOf<typeof ImmunizationList_patient> }) {
  const { immunizations } = readFragment(ImmunizationList_patient, patient)
  return (
    <Section title={words.patient.immunizations}>
      <LimitedList items={immunizations} most={4} keyOf={(immunization) => immunization.id} empty={words.patient.noImmunizations}>
        {(immunization) => (
          <Line end={immunization.on && <OnDay day={immunization.on} />}>
            {immunization.text}
            <ProtectedMark by={immunization.sensitivity} />
          </Line>
        )}
      </LimitedList>
    </Section>
  )
}
