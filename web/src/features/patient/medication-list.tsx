import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ProtectedMark } from '../sharing/protected-mark.tsx'

export const MedicationList_patient = graphql(`
  fragment MedicationList_patient on Patient {
    medications {
      id
      text
      status
      authoredOn
      sensitivity
    }
  }
`)

/** Medicines being taken, with the day of the order; those stopped or completed fill up to four lines or wait behind the button. */
export function MedicationList({ patient, most }: { patient: FragmentOf<typeof MedicationList_patient>; most: number }) {
  const { medications } = readFragment(MedicationList_patient, patient)
  const { active = [], past = [] } = Object.groupBy(medications, (medication) => (medication.status === 'active' ? 'active' : 'past'))
  return (
    <Section title={words.patient.medications} note={words.patient.activeOf(active.length, medications.length)}>
      <LimitedList
        items={[...active, ...past]}
        most={Math.min(most, Math.max(active.length, 4))}
        keyOf={(medication) => medication.id}
        empty={words.patient.noMedications}
      >
        {(medication) => (
          <Line end={medication.authoredOn && <OnDay day={medication.authoredOn} />}>
            <span className={medication.status === 'active' ? '' : 'soft'}>
              {medication.text}
              {medication.status &&
                medication.status !== 'active' &&
                ` (${words.patient.medicationStates[medication.status] ?? medication.status})`}
            </span>
            <ProtectedMark by={medication.sensitivity} />
          </Line>
        )}
      </LimitedList>
    </Section>
  )
}
