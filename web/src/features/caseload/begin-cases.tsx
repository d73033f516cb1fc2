import { useState } from 'react'
import { useQuery, useMutation } from 'urql'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { graphql } from '../../lib/graphql.ts'
import { type Outcome, outcomeOf } from '../../lib/outcome.ts'
import { Act } from '../../ui/act.tsx'
import { SelectField } from '../../ui/field.tsx'
import { words } from '../../words/index.ts'
import { Load } from './case-parts.ts'
import { told } from './give-lead.tsx'

const Open = graphql(`
  mutation BeginCases_openCases($input: OpenCasesInput!) {
    openCases(input: $input) {
      __typename
      ... on CasesOpened {
        opened
        already
        cases {
          id
          version
          leadId
        }
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Assign = graphql(`
  mutation BeginCases_assignLead($input: AssignLeadInput!) {
    assignLead(input: $input) {
      __typename
      ... on LeadAssigned {
        cases {
          id
        }
      }
      ... on LeadNotAssigned {
        message
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Take = graphql(`
  mutation BeginCases_takeCases($cases: [CaseSeenInput!]!) {
    takeCases(cases: $cases) {
      __typename
      ... on LeadAssigned {
        cases {
          id
        }
      }
      ... on LeadNotAssigned {
        message
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Leads = graphql(
  `
    query BeginCases_leads {
      caseloadBalance {
        ...Load
      }
    }
  `,
  [Load],
)

const t = words.caseload

/** Puts people in care management; where one may, with a lead at once. */
export function BeginCases({
  patientIds,
  onClose,
  onDone,
}: {
  patientIds: readonly string[]
  onClose: () => void
  onDone: (said: string) => void
}) {
  const may = useMay()
  const { membership } = useViewer()
  const [leadId, setLeadId] = useState('')
  const [leads] = useQuery({ query: Leads, pause: !may('update', 'Caseload') })
  const [, open] = useMutation(Open)
  const [, assign] = useMutation(Assign)
  const [, take] = useMutation(Take)
  const lead = async (cases: readonly { readonly id: string; readonly version: number }[]): Promise<Outcome> =>
    leadId === membership.id
      ? outcomeOf(await take({ cases: [...cases] }), (data) => told(data.takeCases))
      : outcomeOf(await assign({ input: { cases: [...cases], leadId } }), (data) => told(data.assignLead))
  const act = async (): Promise<Outcome> => {
    const answer = await open({ input: { patientIds: [...patientIds] } })
    const outcome = outcomeOf(answer, (data) => data.openCases)
    const opened = answer.data?.openCases
    if (opened?.__typename !== 'CasesOpened') return outcome
    const waiting = opened.cases.filter((one) => one.leadId === null).map(({ id, version }) => ({ id, version }))
    const given = leadId === '' || waiting.length === 0 ? {} : await lead(waiting)
    if (!given.error && !given.refused) onDone(t.begun(opened.opened, opened.already))
    return given
  }
  const others = (leads.data?.caseloadBalance ?? []).filter(
    (one) => one.leadId !== null && one.leadId !== membership.id && one.practiceIds.length > 0,
  )
  return (
    <Act title={t.beginTitle(patientIds.length)} verb={t.beginVerb} act={act} onClose={onClose}>
      <p>{t.beginExplained}</p>
      {may('start', 'Caseload') && (
        <SelectField label={t.beginLead} value={leadId} onChange={(event) => setLeadId(event.target.value)}>
          <option value="">{t.beginWait}</option>
          <option value={membership.id}>{t.beginMe}</option>
          {others.map((one) => (
            <option key={one.leadId} value={one.leadId!}>
              {one.leadName}, {t.load(one.points, null)}
            </option>
          ))}
        </SelectField>
      )}
    </Act>
  )
}
