import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { graphql, included, readFragment } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { AddToHuddle } from '../huddle/add-to-huddle.tsx'
import { useViewer } from '../../app/viewer.ts'
import { GuestNotice, GuestNotice_patient, openParts } from '../sharing/guest-notice.tsx'
import { PatientRisk, PatientRisk_patient } from '../risk/patient-risk.tsx'
import { RedisclosureLine, RedisclosureNotice, RedisclosureNotice_patient } from '../sharing/redisclosure-notice.tsx'
import { WhyVisible } from '../sharing/why-visible.tsx'
import { OwnLooks } from '../who-looked/own-looks.tsx'
import { PatientDisclosures } from '../who-looked/patient-disclosures.tsx'
import { PatientLookers } from '../who-looked/patient-lookers.tsx'
import { AllergyList, AllergyList_patient } from './allergy-list.tsx'
import { ChartActions, ChartActions_patient, ChartTabs } from './chart-head.tsx'
import { useChartParts } from './chart-parts.ts'
import { CareTeam, CareTeam_patient } from './care-team.tsx'
import { CoverageList, CoverageList_patient } from './coverage-list.tsx'
import { EncounterTimeline, EncounterTimeline_patient } from './encounter-timeline.tsx'
import { GapList, GapList_patient } from './gap-list.tsx'
import { ImmunizationList, ImmunizationList_patient } from './immunization-list.tsx'
import { MedicationList, MedicationList_patient } from './medication-list.tsx'
import { PatientSignIn } from './patient-sign-in.tsx'
import { PatientFacts, PatientFacts_patient } from './patient-facts.tsx'
import styles from './patient-page.module.css'
import { Person, Person_patient } from './person.tsx'
import { ProblemList, ProblemList_patient } from './problem-list.tsx'
import { RegistryStays, RegistryStays_patient } from './registry-stays.tsx'
import { ValueTrends, ValueTrends_patient } from './value-trends.tsx'

const PatientPage_clinical = graphql(
  `
    fragment PatientPage_clinical on Patient {
      ...PatientRisk_patient
      ...GapList_patient
      ...RegistryStays_patient
      ...ProblemList_patient
      ...AllergyList_patient
      ...MedicationList_patient
      ...ImmunizationList_patient
      ...ValueTrends_patient
      ...CareTeam_patient
      ...EncounterTimeline_patient
    }
  `,
  [
    PatientRisk_patient,
    GapList_patient,
    RegistryStays_patient,
    ProblemList_patient,
    AllergyList_patient,
    MedicationList_patient,
    ImmunizationList_patient,
    ValueTrends_patient,
    CareTeam_patient,
    EncounterTimeline_patient,
  ],
)
const Chart = graphql(
  `
    query PatientPage_patient($id: ID!, $clinical: Boolean!, $identifiers: Boolean!) {
      patient(id: $id) {
        id
        givenName
        familyName
        resourceCount
        ...Person_patient
        ...ChartActions_patient
        ...GuestNotice_patient
        ...RedisclosureNotice_patient
        ...PatientFacts_patient
        ...PatientPage_clinical @include(if: $clinical)
        ...CoverageList_patient @include(if: $identifiers)
      }
    }
  `,
  [
    Person_patient,
    ChartActions_patient,
    GuestNotice_patient,
    RedisclosureNotice_patient,
    PatientFacts_patient,
    PatientPage_clinical,
    CoverageList_patient,
  ],
)

/**
 * One chart on one screen and one sheet: who, what is wrong, what is taken, what moved, what happened, what is open. Of a chart of another
 * practice the parts that it opened, and no others: an empty part would say that there is nothing.
 */
export function Component() {
  const { id = '' } = useParams()
  return <ChartPage id={id} />
}

export function ChartPage({ id }: { id: string }) {
  const { role } = useViewer().membership
  const may = useMay()
  const parts = useChartParts()
  const [result, again] = useQuery({ query: Chart, variables: { id, ...parts } })
  const refresh = () => again({ requestPolicy: 'network-only' })
  useMoved('charts', (charts) => (charts === null || charts.includes(id)) && refresh(), may('read', 'ClinicalRecord'))
  const patient = result.data?.patient
  return (
    <Page
      title={patient ? <Person patient={patient} demographics="full" /> : words.patient.title}
      tab={words.patient.title}
      action={
        patient && (
          <>
            {!openParts(patient).isGuest && <AddToHuddle patientId={patient.id} />}
            <ChartActions patient={patient} onOpened={refresh} />
          </>
        )
      }
      answer={patient && <PatientFacts patient={patient} onlyKnown={openParts(patient).isGuest} />}
    >
      {patient && <ChartTabs id={id} />}
      <Loaded result={result} height={640} retry={refresh}>
        {({ patient }) => {
          if (!patient) return <Empty title={words.patient.missing}>{words.patient.missingAdvice}</Empty>
          const { isGuest, has } = openParts(patient)
          const clinical = parts.clinical ? readFragment(PatientPage_clinical, included(PatientPage_clinical, patient)) : null
          const coverage = parts.identifiers ? included(CoverageList_patient, patient) : null
          const mayRead = {
            audit: !isGuest && may('read', 'AuditEvent'),
            disclosures: !isGuest && may('read', 'Disclosure'),
            signIn: !isGuest && may('read', 'PatientSignIn'),
            why: isGuest || role.startsWith('care-'),
          }
          return (
            <>
              <GuestNotice patient={patient} />
              <RedisclosureLine patient={patient} />
              <div className={styles['chart']}>
                {clinical && (
                  <>
                    <div>
                      {!isGuest && role !== 'patient' && <PatientRisk patient={clinical} onChange={refresh} />}
                      {!isGuest && <GapList patient={clinical} onChange={refresh} />}
                      {!isGuest && <RegistryStays patient={clinical} />}
                      {has('PROBLEMS') && <ProblemList patient={clinical} most={7} />}
                    </div>
                    <div>
                      {has('ALLERGIES') && <AllergyList patient={clinical} />}
                      {has('MEDICATIONS') && <MedicationList patient={clinical} most={8} />}
                      {has('IMMUNIZATIONS') && <ImmunizationList patient={clinical} />}
                    </div>
                  </>
                )}
                <div>
                  {clinical && has('RESULTS') && <ValueTrends patient={clinical} {...(isGuest ? {} : { onChange: refresh })} />}
                  {clinical && has('CARE_TEAM') && <CareTeam patient={clinical} />}
                  {coverage && !isGuest && <CoverageList patient={coverage} />}
                  {mayRead.signIn && <PatientSignIn patient={{ id: patient.id, name: `${patient.givenName} ${patient.familyName}` }} />}
                  {mayRead.why && <WhyVisible patientId={patient.id} />}
                  {mayRead.audit && <PatientLookers patientId={patient.id} />}
                  {role === 'patient' && <OwnLooks />}
                  {mayRead.disclosures && <PatientDisclosures patientId={patient.id} />}
                </div>
                {clinical && has('ENCOUNTERS') && (
                  <div>
                    <EncounterTimeline patient={clinical} most={12} />
                  </div>
                )}
              </div>
              <RedisclosureNotice patient={patient} />
              {!isGuest && <p className="soft small">{words.patient.records(patient.resourceCount)}</p>}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}
