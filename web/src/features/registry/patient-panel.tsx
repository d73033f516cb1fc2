import { Link } from 'react-router'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { type FragmentOf, graphql, included, readFragment } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { SidePanel } from '../../ui/side-panel.tsx'
import { words } from '../../words/index.ts'
import { AddToHuddle } from '../huddle/add-to-huddle.tsx'
import { useChartParts } from '../patient/chart-parts.ts'
import { GapList, GapList_patient } from '../patient/gap-list.tsx'
import { MedicationList, MedicationList_patient } from '../patient/medication-list.tsx'
import { PatientFacts, PatientFacts_patient } from '../patient/patient-facts.tsx'
import { Person, Person_patient } from '../patient/person.tsx'
import { ProblemList, ProblemList_patient } from '../patient/problem-list.tsx'
import { RedisclosureLine, RedisclosureNotice, RedisclosureNotice_patient } from '../sharing/redisclosure-notice.tsx'
import { ValueTrends, ValueTrends_patient } from '../patient/value-trends.tsx'

const PatientPanel_clinical = graphql(
  `
    fragment PatientPanel_clinical on Patient {
      ...GapList_patient
      ...ValueTrends_patient
      ...ProblemList_patient
      ...MedicationList_patient
    }
  `,
  [GapList_patient, ValueTrends_patient, ProblemList_patient, MedicationList_patient],
)
const Patient = graphql(
  `
    query PatientPanel_patient($id: ID!, $clinical: Boolean!, $identifiers: Boolean!) {
      patient(id: $id) {
        id
        ...Person_patient
        ...RedisclosureNotice_patient
        ...PatientFacts_patient
        ...PatientPanel_clinical @include(if: $clinical)
      }
    }
  `,
  [Person_patient, RedisclosureNotice_patient, PatientFacts_patient, PatientPanel_clinical],
)

/** What a call needs of a chart, beside the list it was opened from. */
export function PatientPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const parts = useChartParts()
  const [result, again] = useQuery({ query: Patient, variables: { id, ...parts } })
  const patient = result.data?.patient
  const refresh = () => again({ requestPolicy: 'network-only' })
  useMoved('charts', (charts) => (charts === null || charts.includes(id)) && refresh(), useMay()('read', 'ClinicalRecord'))
  return (
    <SidePanel title={patient ? <Person patient={patient} demographics="full" /> : words.patient.title} onClose={onClose}>
      <Loaded result={result} height={480} retry={refresh}>
        {({ patient }) =>
          patient ? (
            <>
              <Link to={`/patients/${patient.id}`}>{words.patient.openChart}</Link>
              <AddToHuddle patientId={patient.id} />
              <PatientFacts patient={patient} />
              <RedisclosureLine patient={patient} />
              {parts.clinical && <Clinical patient={included(PatientPanel_clinical, patient)} onChange={refresh} />}
              <RedisclosureNotice patient={patient} />
            </>
          ) : (
            <Empty title={words.patient.missing}>{words.patient.missingAdvice}</Empty>
          )
        }
      </Loaded>
    </SidePanel>
  )
}

function Clinical({ patient: masked, onChange }: { patient: FragmentOf<typeof PatientPanel_clinical>; onChange: () => void }) {
  const patient = readFragment(PatientPanel_clinical, masked)
  return (
    <>
      <GapList patient={patient} onChange={onChange} />
      <ValueTrends patient={patient} onChange={onChange} />
      <ProblemList patient={patient} most={8} />
      <MedicationList patient={patient} most={8} />
    </>
  )
}
