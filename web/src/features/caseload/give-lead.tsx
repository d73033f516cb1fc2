import { useState } from 'react'
import { useQuery } from 'urql'
import { shortDay } from '../../lib/dates.ts'
import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { useAct } from '../../lib/use-act.ts'
import { Act } from '../../ui/act.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Problem } from '../../ui/problem.tsx'
import { words } from '../../words/index.ts'
import { type Case, type CaseloadRules, fullOf, type Load } from './case-parts.ts'
import styles from './caseload.module.css'

const Preview = graphql(`
  query GiveLead_previewLead($input: AssignLeadInput!) {
    previewLead(input: $input) {
      __typename
      ... on LeadPreview {
        judged {
          id
          outcome
        }
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Assign = graphql(`
  mutation GiveLead_assignLead($input: AssignLeadInput!) {
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

const t = words.caseload
const NOBODY = 'nobody'

/** What came of giving a lead, as dialogs tell it: that nothing was moved is a refusal. */
export function told<Answer extends { readonly __typename: string; readonly message?: string }>(
  answer: Answer,
): Answer | { __typename: 'Refused'; message: string } {
  return answer.__typename === 'LeadNotAssigned' ? { __typename: 'Refused', message: answer.message ?? '' } : answer
}

/** Gives people another lead, after a look at what that moves: who cannot go there stays and is told of. */
export function GiveLead(props: {
  cases: readonly Case[]
  loads: readonly Load[]
  rules: CaseloadRules
  onClose: () => void
  onDone: (said: string) => void
  onLost: () => void
}) {
  const { cases, loads, rules, onClose, onDone, onLost } = props
  const [chosen, setChosen] = useState('')
  const leadId = chosen === NOBODY ? null : chosen
  const lead = loads.find((load) => load.leadId === leadId && leadId !== null)
  const seen = cases.map(({ id, version }) => ({ id, version }))
  const [preview] = useQuery({
    query: Preview,
    variables: { input: { cases: seen, leadId } },
    pause: chosen === '',
    requestPolicy: 'network-only',
  })
  const judged =
    chosen !== '' && !preview.fetching && preview.data?.previewLead.__typename === 'LeadPreview' ? preview.data.previewLead.judged : null
  const stay = new Set((judged ?? []).filter(({ outcome }) => outcome !== 'READY').map(({ id }) => id))
  const going = cases.filter(({ id }) => !stay.has(id))
  const assign = useAct(
    Assign,
    (data) => told(data.assignLead),
    () => onDone(t.given(going.length, lead?.leadName ?? null)),
  )
  const act = async () => {
    const outcome = await assign({ input: { cases: going.map(({ id, version }) => ({ id, version })), leadId } })
    // Somebody was faster: the list behind the dialog shows how it stands now.
    if (outcome.refused) onLost()
    return outcome
  }
  return (
    <Act title={t.giveTitle(cases.length)} verb={t.giveVerb(judged ? going.length : cases.length)} act={act} onClose={onClose}>
      <SelectField label={t.lead} required value={chosen} onChange={(event) => setChosen(event.target.value)}>
        <option value="">{t.choose}</option>
        {loads.map((load) =>
          load.leadId === null ? null : (
            <option key={load.leadId} value={load.leadId}>
              {load.leadName}, {t.load(load.points, fullOf(load, rules))}
            </option>
          ),
        )}
        <option value={NOBODY}>{t.giveNobody}</option>
      </SelectField>
      {preview.error && <Problem error={preview.error} />}
      {preview.data?.previewLead.__typename === 'Refused' && <Notice tone="warn" title={preview.data.previewLead.message} />}
      {judged && (
        <div role="status">
          <Moves cases={going} />
          {lead && going.length > 0 && (
            <p>
              {t.after(
                lead.leadName ?? '',
                lead.points,
                lead.points + sumOf(going.filter((one) => one.leadId !== lead.leadId)),
                fullOf(lead, rules),
              )}
            </p>
          )}
          <Stays judged={judged} />
        </div>
      )}
    </Act>
  )
}

const sumOf = (cases: readonly Case[]): number => cases.reduce((sum, { points }) => sum + points, 0)

function Moves({ cases }: { cases: readonly Case[] }) {
  return (
    <ul className={styles['preview']}>
      {[...Map.groupBy(cases, ({ practice }) => practice.name)].map(([name, of]) => (
        <li key={name}>{t.from(name, of.length, sumOf(of), shortDay(of.map(({ dueOn }) => dueOn).reduce((a, b) => (a < b ? a : b))))}</li>
      ))}
    </ul>
  )
}

type Judged = Extract<ResultOf<typeof Preview>['previewLead'], { __typename: 'LeadPreview' }>['judged']

function Stays({ judged }: { judged: Judged }) {
  const stay = judged.filter(({ outcome }) => outcome !== 'READY')
  if (stay.length === 0) return null
  return (
    <Notice tone="warn" title={t.leavesOut(stay.length)}>
      <ul className={styles['preview']}>
        {[...Map.groupBy(stay, ({ outcome }) => outcome)].map(([outcome, of]) => (
          <li key={outcome}>{t.outcome(of.length, t.outcomes[outcome])}</li>
        ))}
      </ul>
    </Notice>
  )
}
