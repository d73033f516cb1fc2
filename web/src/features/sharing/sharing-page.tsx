import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { graphql } from '../../lib/graphql.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { ChartActions, ChartActions_patient, ChartTabs } from '../patient/chart-head.tsx'
import { Person, Person_patient } from '../patient/person.tsx'
import { Audience } from './audience.tsx'
import { ConsentFacts } from './consent-facts.ts'
import { ConsentList } from './consent-list.tsx'
import { GuestNotice, GuestNotice_patient } from './guest-notice.tsx'
import { ShareFacts } from './share-facts.ts'
import { ShareList } from './share-list.tsx'
import { WhyVisible } from './why-visible.tsx'

const Sharing = graphql(
  `
    query SharingPage_patient($id: ID!, $withGrants: Boolean!) {
      patient(id: $id) {
        id
        familyName
        givenName
        ...Person_patient
        ...ChartActions_patient
        ...GuestNotice_patient
        consents {
          ...ConsentFacts
        }
        shareGrants @include(if: $withGrants) {
          ...ShareFacts
        }
        viewerCan {
          readConsents
          recordConsent
          recordSensitiveConsent
          endConsent
          readShareGrants
          share
          seeAudience
        }
      }
    }
  `,
  [Person_patient, ChartActions_patient, GuestNotice_patient, ConsentFacts, ShareFacts],
)

/** Of one chart: what the patient agreed to, with whom it is shared, why the reader sees it, and who else does. */
export function Component() {
  const { id = '' } = useParams()
  const may = useMay()
  const [result, again] = useQuery({ query: Sharing, variables: { id, withGrants: may('read', 'ShareGrant') } })
  const refresh = () => again({ requestPolicy: 'network-only' })
  const patient = result.data?.patient
  return (
    <Page
      title={patient ? <Person patient={patient} demographics="full" /> : words.patient.title}
      tab={words.sharing.title}
      action={patient && <ChartActions patient={patient} onOpened={refresh} />}
    >
      {patient && <ChartTabs id={id} />}
      <Loaded result={result} height={480} retry={refresh}>
        {({ patient }) =>
          patient ? (
            <>
              <GuestNotice patient={patient} />
              {patient.viewerCan.readConsents && (
                <ConsentList
                  consents={patient.consents}
                  patient={{ id: patient.id, name: `${patient.givenName} ${patient.familyName}` }}
                  may={{
                    record: patient.viewerCan.recordConsent,
                    recordSensitive: patient.viewerCan.recordSensitiveConsent,
                    end: patient.viewerCan.endConsent,
                  }}
                  onChanged={refresh}
                />
              )}
              {patient.viewerCan.readShareGrants && (
                <ShareList
                  grants={patient.shareGrants ?? []}
                  consents={patient.consents}
                  patientId={patient.id}
                  mayShare={patient.viewerCan.share}
                  onChanged={refresh}
                />
              )}
              <WhyVisible patientId={patient.id} />
              {patient.viewerCan.seeAudience && <Audience patientId={patient.id} />}
            </>
          ) : (
            <Empty title={words.patient.missing}>{words.patient.missingAdvice}</Empty>
          )
        }
      </Loaded>
    </Page>
  )
}
