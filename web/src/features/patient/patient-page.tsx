import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { useViewer } from '../../app/viewer.ts'
import { PatientDisclosures } from '../who-looked/patient-disclosures.tsx'
import { PatientLookers } from '../who-looked/patient-lookers.tsx'
import { AllergyList, AllergyList_patient } from './allergy-list.tsx'
import { CareTeam, CareTeam_patient } from './care-team.tsx'
import { CoverageList, CoverageList_patient } from './coverage-list.tsx'
import { EncounterTimeline, EncounterTimeline_patient } from './encounter-timeline.tsx'
import { GapList, GapList_patient } from './gap-list.tsx'
import { ImmunizationList, ImmunizationList_patient } from './immunization-list.tsx'
import { MedicationList, MedicationList_patient } from './medication-list.tsx'
import { PatientFacts, PatientFacts_patient } from './patient-facts.tsx'
import styles from './patient-page.module.css'
import { Person, Person_patient } from './person.tsx'
import { ProblemList, ProblemList_patient } from './problem-list.tsx'
import { ValueTrends, ValueTrends_patient } from './value-trends.tsx'

const Chart = graphql(
  `
    query PatientPage_patient($id: ID!) {
      patient(id: $id) {
        id
        resourceCount
        ...Person_patient
        ...PatientFacts_patient
        ...ProblemList_patient
        ...MedicationList_patient
        ...AllergyList_patient
        ...ImmunizationList_patient
        ...ValueTrends_patient
        ...EncounterTimeline_patient
        ...CoverageList_patient
        ...CareTeam_patient
        ...GapList_patient
      }
    }
  `,
  [
    Person_patient,
    PatientFacts_patient,
    ProblemList_patient,
    MedicationList_patient,
    AllergyList_patient,
    ImmunizationList_patient,
    ValueTrends_patient,
    EncounterTimeline_patient,
    CoverageList_patient,
    CareTeam_patient,
    GapList_patient,
  ],
)

/** One chart on one screen and one sheet: who, what is wrong, what is taken, what moved, what happened, what is open. */
export function Component() {
  const { id = '' } = useParams()
  const { role } = useViewer().membership
  const mayRead = { audit: role === 'practice-administrator', disclosures: ['practice-administrator', 'clinician'].includes(role) }
  const [result, again] = useQuery({ query: Chart, variables: { id } })
  const patient = result.data?.patient
  return (
    <Page
      title={patient ? <Person patient={patient} demographics="full" /> : words.patient.title}
      tab={words.patient.title}
      action={
        patient && (
          <Button icon="print" onClick={() => print()}>
            {words.actions.print}
          </Button>
        )
      }
      answer={patient && <PatientFacts patient={patient} />}
    >
      <Loaded result={result} height={640} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ patient }) =>
          patient ? (
            <>
              <div className={styles['chart']}>
                <div>
                  <GapList patient={patient} />
                  <ProblemList patient={patient} most={7} />
                </div>
                <div>
                  <AllergyList patient={patient} />
                  <MedicationList patient={patient} most={8} />
                  <ImmunizationList patient={patient} />
                </div>
                <div>
                  <ValueTrends patient={patient} />
                  <CareTeam patient={patient} />
                  <CoverageList patient={patient} />
                  {mayRead.audit && <PatientLookers patientId={patient.id} />}
                  {mayRead.disclosures && <PatientDisclosures patientId={patient.id} />}
                </div>
                <div>
                  <EncounterTimeline patient={patient} most={12} />
                </div>
              </div>
              <p className="soft small">{words.patient.records(patient.resourceCount)}</p>
            </>
          ) : (
            <Empty title={words.patient.missing}>{words.patient.missingAdvice}</Empty>
          )
        }
      </Loaded>
    </Page>
  )
}
