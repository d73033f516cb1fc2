import { useState } from 'react'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { usePages } from '../../lib/use-pages.ts'
import { SelectField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { Case, CaseloadRules, Load } from './case-parts.ts'
import { CaseTable } from './case-table.tsx'
import { Loads } from './loads.tsx'
import styles from './caseload.module.css'

const Balance = graphql(
  `
    query CaseloadPage_balance {
      caseloadBalance {
        ...Load
      }
      caseloadRules {
        ...CaseloadRules
      }
    }
  `,
  [Load, CaseloadRules],
)
const Cases = graphql(
  `
    query CaseloadPage_caseload($first: Int!, $after: String, $part: CaseloadPart, $leadId: ID, $charts: Boolean!) {
      caseload(first: $first, after: $after, part: $part, leadId: $leadId) {
        totalCount
        edges {
          node {
            ...Case
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [Case],
)

const t = words.caseload
const parts = ['UNASSIGNED', 'NO_OWNER', 'DUE', 'TEAM'] as const
type Part = (typeof parts)[number]

/** Who is in care management, who leads whom, and who waits: handles for whoever allocates, people for those who care. */
export function Component() {
  const address = useAddress()
  const may = useMay()
  const [balance, again] = useQuery({ query: Balance, requestPolicy: 'cache-and-network' })
  const [said, setSaid] = useState<string | null>(null)
  const part = parts.find((one) => one === address.get('show')) ?? null
  const leadId = address.get('lead')
  const cases = usePages(Cases, { part, leadId, charts: may('read', 'Chart') }, (data) => data.caseload, { size: 50 })
  const loads = balance.data?.caseloadBalance ?? []
  const count = (of: 'cases' | 'unowned' | 'overdue') => loads.reduce((sum, load) => sum + load[of], 0)
  const refresh = () => {
    again({ requestPolicy: 'network-only' })
    cases.refresh()
  }
  // Whoever waits for a lead has no owner either: the second number is about the others.
  const waiting = loads.find((load) => load.leadId === null)?.cases ?? 0
  return (
    <Page
      title={t.title}
      tab={t.title}
      answer={balance.data && <p className="soft">{t.answer(count('cases'), waiting, count('unowned') - waiting, count('overdue'))}</p>}
    >
      <Loaded result={balance} height={240} retry={refresh}>
        {({ caseloadRules }) => (
          <>
            <Loads loads={loads} rules={caseloadRules} />
            <Section title={t.list}>
              <div className={styles['filters']}>
                <SelectField label={t.show} value={part ?? ''} onChange={(event) => address.set({ show: event.target.value || null })}>
                  <option value="">{t.parts.ALL}</option>
                  {parts
                    .filter((one) => one !== 'TEAM' || isSupervisor(may))
                    .map((one: Part) => (
                      <option key={one} value={one}>
                        {t.parts[one]}
                      </option>
                    ))}
                </SelectField>
                <SelectField label={t.lead} value={leadId ?? ''} onChange={(event) => address.set({ lead: event.target.value || null })}>
                  <option value="">{t.everyLead}</option>
                  {loads.map(
                    (load) =>
                      load.leadId && (
                        <option key={load.leadId} value={load.leadId}>
                          {load.leadName}
                        </option>
                      ),
                  )}
                </SelectField>
              </div>
              <p role="status">{said}</p>
              <CaseTable
                key={`${part} ${leadId}`}
                pages={cases}
                loads={loads}
                rules={caseloadRules}
                onChanged={(what) => {
                  setSaid(what)
                  refresh()
                }}
              />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** Whoever shares out the work of those whose charts she reads. */
const isSupervisor = (may: ReturnType<typeof useMay>): boolean => may('update', 'Caseload') && may('read', 'Chart')
