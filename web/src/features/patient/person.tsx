import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { words } from '../../words/index.ts'

export const Person_patient = graphql(`
  fragment Person_patient on Patient {
    familyName
    givenName
    age
    gender
    deceased
  }
`)

/** `Okafor, Grace` */
export function personName(patient: FragmentOf<typeof Person_patient>): string {
  const { familyName, givenName } = readFragment(Person_patient, patient)
  return words.patient.name(familyName, givenName)
}

/** `Okafor, Grace` as lists sort it, with `67, female` or `67 F` softly after it when asked for. */
export function Person({ patient, demographics }: { patient: FragmentOf<typeof Person_patient>; demographics?: 'full' | 'short' }) {
  const { familyName, givenName, age, gender, deceased } = readFragment(Person_patient, patient)
  return (
    <>
      <span>{words.patient.name(familyName, givenName)}</span>
      {demographics && (
        <span className="soft small nowrap">
          {' '}
          {demographics === 'full'
            ? words.patient.ageAndSex(age, words.patient.genders[gender ?? 'unknown'] ?? gender)
            : words.patient.ageAndSexShort(age, words.patient.sexShort(gender ?? ''))}
        </span>
      )}
      {deceased && <span className="soft small"> {words.patient.died}</span>}
    </>
  )
}
