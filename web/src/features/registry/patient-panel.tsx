import { Link } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { words } from '../../words/index.ts'
import { GapList, GapList_patient } from '../patient/gap-list.tsx'
import { MedicationList, MedicationList_patient } from '../patient/medication-list.tsx'
import { PatientFacts, PatientFacts_patient } from '../patient/patient-facts.tsx'
import { Person, Person_patient } from '../patient/person.tsx'
import { ProblemList, ProblemList_patient } from '../patient/problem-list.tsx'
import { RedisclosureNotice, RedisclosureNotice_patient } from '../sharing/redisclosure-notice.tsx'
import { ValueTrends, ValueTrends_patient } from '../patient/value-trends.tsx'

const Patient = graphql(
  `
    query PatientPanel_patient($id: ID!) {
      patient(id: $id) {
        id
        ...Person_patient
        ...RedisclosureNotice_patient
        ...PatientFacts_patient
        ...GapList_patient
        ...ValueTrends_patient
        ...ProblemList_patient
        ...MedicationList_patient
      }
    }
  `,
  [
    Person_patient,
    RedisclosureNotice_patient,
    PatientFacts_patient,
    GapList_patient,
    ValueTrends_patient,
    ProblemList_patient,
    MedicationList_patient,
  ],
)

/** What a call needs of a chart, beside the list it was opened from. */
export function PatientPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const [result, again] = useQuery({ query: Patient, variables: { id } })
  const patient = result.data?.patient
  return (
    <SidePanel title={patient ? <Person patient={patient} demographics="full" /> : words.patient.title} onClose={onClose}>
      <Loaded result={result} height={480} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ patient }) =>
          patient ? (
            <>
              <Link to={`/patients/${patient.id}`}>{words.patient.openChart}</Link>
              <PatientFacts patient={patient} />
              <RedisclosureNotice patient={patient} />
              <GapList patient={patient} />
              <ValueTrends patient={patient} />
              <ProblemList patient={patient} most={8} />
              <MedicationList patient={patient} most={8} />
            </>
          ) : (
            <Empty title={words.patient.missing}>{words.patient.missingAdvice}</Empty>
          )
        }
      </Loaded>
    </SidePanel>
  )
}
