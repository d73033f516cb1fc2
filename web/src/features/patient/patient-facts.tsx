import type { ReactNode } from 'react'
import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { useChartParts } from './chart-parts.ts'
import styles from './patient-facts.module.css'

export const PatientFacts_patient = graphql(`
  fragment PatientFacts_patient on Patient {
    birthDate
    deceased
    recordNumber @include(if: $identifiers)
    phone @include(if: $identifiers)
    address @include(if: $identifiers)
    clinician
    careManager
    lastVisit
    lastContact
    conditions @include(if: $clinical) {
      key
      title
    }
  }
`)

/** Who this is and who looks after them, in one band. What is not on file says so, unless only what is known is asked for. */
export function PatientFacts({ patient, onlyKnown = false }: { patient: FragmentOf<typeof PatientFacts_patient>; onlyKnown?: boolean }) {
  const Fact = onlyKnown ? KnownFact : AnyFact
  const facts = readFragment(PatientFacts_patient, patient)
  const parts = useChartParts()
  return (
    <dl className={styles['facts']}>
      <Fact name={words.patient.born}>{facts.birthDate && <OnDay day={facts.birthDate} />}</Fact>
      {facts.deceased && (
        <Fact name={words.patient.died}>
          <OnDay day={facts.deceased} />
        </Fact>
      )}
      {parts.identifiers && (
        <>
          <Fact name={words.patient.record}>{facts.recordNumber}</Fact>
          <Fact name={words.patient.phone}>
            {facts.phone && <a href={`tel:${facts.phone.replaceAll(/[^\d+]/g, '')}`}>{facts.phone}</a>}
          </Fact>
          <Fact name={words.patient.address}>{facts.address}</Fact>
        </>
      )}
      <Fact name={words.patient.clinician}>{facts.clinician}</Fact>
      <Fact name={words.patient.careManager}>{facts.careManager}</Fact>
      <Fact name={words.patient.lastVisit}>{facts.lastVisit && <OnDay day={facts.lastVisit} />}</Fact>
      <Fact name={words.patient.lastContact}>{facts.lastContact && <OnDay day={facts.lastContact} />}</Fact>
      {facts.conditions && facts.conditions.length > 0 && (
        <Fact name={words.patient.conditions}>{facts.conditions.map((condition) => condition.title).join(', ')}</Fact>
      )}
    </dl>
  )
}

type Told = { name: string; children: ReactNode }

const KnownFact = ({ name, children }: Told) => (children ? <AnyFact name={name}>{children}</AnyFact> : null)

function AnyFact({ name, children }: Told) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children || <span className="soft">{words.states.notOnFile}</span>}</dd>
    </div>
  )
}
