import { Link, useParams } from 'react-router'
import { useQuery } from 'urql'
import { useAddress } from '../../lib/address.ts'
import { periodName } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { noticeOf } from '../../lib/redisclosure.ts'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { periodFrom } from '../../ui/period-select.tsx'
import { words } from '../../words/index.ts'
import { NoticeWith } from '../sharing/redisclosure-notice.tsx'
import { Person, Person_patient } from '../patient/person.tsx'
import { WhyFacts, WhyFacts_reason, WhyMentioned } from './why-facts.tsx'
import { WhyLogic, WhyLogic_reason, WhyOpen } from './why-logic.tsx'

const Why = graphql(
  `
    query WhyPage_reason($id: ID!, $measure: String!, $period: PeriodInput) {
      patient(id: $id) {
        ...Person_patient
      }
      reason(patientId: $id, measure: $measure, period: $period) {
        measure {
          title
          improvement
          version
          packageHash
        }
        period {
          start
          end
        }
        populations {
          population
          count
        }
        ...WhyFacts_reason
        ...WhyLogic_reason
      }
    }
  `,
  [Person_patient, WhyFacts_reason, WhyLogic_reason],
)

/** Why somebody stands where they stand in a measure: the records that decided, and the logic with what each part of it gave. */
export function Component() {
  const { id = '', measure = '' } = useParams()
  const period = periodFrom(useAddress().get('period'))
  const [result, again] = useQuery({ query: Why, variables: { id, measure, period } })
  const { patient, reason } = result.data ?? {}
  return (
    <Page
      title={patient ? <Person patient={patient} demographics="full" /> : words.why.title}
      tab={words.why.title}
      answer={
        reason && (
          <p>
            {words.why.answer(
              reason.measure.title,
              periodName(reason.period),
              reason.populations.flatMap(({ population, count }) => (count > 0 ? (words.why.codes[population] ?? population) : [])),
            )}
          </p>
        )
      }
    >
      <p className="screenOnly">
        <Link to={`/patients/${id}`}>{words.patient.openChart}</Link>
      </p>
      <Loaded result={result} height={480} retry={() => again({ requestPolicy: 'network-only' })}>
        {({ reason }) =>
          reason ? (
            <>
              <WhyOpen reason={reason} improvement={reason.measure.improvement} />
              <WhyFacts reason={reason} />
              <WhyLogic reason={reason} />
              <WhyMentioned reason={reason} />
              <p className="soft small" title={reason.measure.packageHash}>
                {words.measures.version(reason.measure.version, reason.measure.packageHash.slice(0, 12))}
              </p>
            </>
          ) : (
            <Empty title={words.why.nothing}>{words.why.nothingAdvice}</Empty>
          )
        }
      </Loaded>
      <NoticeWith notice={noticeOf(result.extensions)} />
    </Page>
  )
}
