import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { Icon } from '../../ui/icon.tsx'
import { Line, LimitedList } from '../../ui/limited-list.tsx'
import { Section } from '../../ui/section.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ProtectedMark } from '../sharing/protected-mark.tsx'
import styles from './allergy-list.module.css'

export const AllergyList_patient = graphql(`
  fragment AllergyList_patient on Patient {
    allergies {
      id
      text
      criticality
      recorded
      sensitivity
    }
  }
`)

/** Allergies, those recorded as high risk first and marked. */
export function AllergyList({ patient }: { patient: FragmentOf<typeof AllergyList_patient> }) {
  const { allergies } = readFragment(AllergyList_patient, patient)
  const sorted = allergies.toSorted((a, b) => Number(b.criticality === 'high') - Number(a.criticality === 'high'))
  return (
    <Section title={words.patient.allergies}>
      <LimitedList items={sorted} most={5} keyOf={(allergy) => allergy.id} empty={words.patient.noAllergies}>
        {(allergy) => (
          <Line end={allergy.recorded && <OnDay day={allergy.recorded} />}>
            {allergy.criticality === 'high' && (
              <span className={styles['high']}>
                <Icon name="alert" size={14} /> {words.patient.highRisk}{' '}
              </span>
            )}
            {allergy.text}
            <ProtectedMark by={allergy.sensitivity} />
          </Line>
        )}
      </LimitedList>
    </Section>
  )
}
