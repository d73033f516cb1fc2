import { Link } from 'react-router'
import { graphql, type FragmentOf, readFragment } from '../../lib/graphql.ts'
import { At, OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import styles from './gap-list.module.css'

export const GapEvidence_patient = graphql(`
  fragment GapEvidence_patient on Patient {
    problems {
      id
      text
      onset
    }
    medications {
      id
      text
      authoredOn
    }
    immunizations {
      id
      text
      on
    }
    encounters(first: 60) {
      id
      text
      start
    }
  }
`)

type Properties = {
  patient: FragmentOf<typeof GapEvidence_patient>
  evidence: readonly string[]
  /** Where the page is that tells of all of them, for who has one. */
  why: string | null
}

/** The records that decided a gap (`Type/id`), by the words they have elsewhere on the chart; one that is not listed there by its kind. */
export function GapEvidence({ patient, evidence, why }: Properties) {
  const chart = readFragment(GapEvidence_patient, patient)
  const named = new Map<string, { text: string; when: React.ReactNode }>([
    ...chart.problems.map(({ id, text, onset }) => [`Condition/${id}`, { text, when: onset && <OnDay day={onset} /> }] as const),
    ...chart.medications.map(
      ({ id, text, authoredOn }) => [`MedicationRequest/${id}`, { text, when: authoredOn && <OnDay day={authoredOn} /> }] as const,
    ),
    ...chart.immunizations.map(({ id, text, on }) => [`Immunization/${id}`, { text, when: on && <OnDay day={on} /> }] as const),
    ...chart.encounters.map(({ id, text, start }) => [`Encounter/${id}`, { text, when: <At instant={start} /> }] as const),
  ])
  return (
    <details className={`${styles['why']} screenOnly`}>
      <summary>{words.patient.evidence(evidence.length)}</summary>
      <ul>
        {evidence.map((reference) => {
          const [type = ''] = reference.split('/')
          const record = named.get(reference)
          const kind = words.patient.resourceTypes[type] ?? type
          return (
            <li key={reference}>
              {record ? (
                <>
                  {kind}: {record.text} {record.when}
                </>
              ) : why === null ? (
                kind
              ) : (
                <Link to={why}>{kind}</Link>
              )}
            </li>
          )
        })}
      </ul>
    </details>
  )
}
