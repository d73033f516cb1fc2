import { useState } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../app/ability.ts'
import { useViewer } from '../../app/viewer.ts'
import { graphql } from '../../lib/graphql.ts'
import type { Outcome } from '../../lib/outcome.ts'
import { useAct } from '../../lib/use-act.ts'
import type { usePages } from '../../lib/use-pages.ts'
import { Button } from '../../ui/button.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PagedTable } from '../../ui/paged-table.tsx'
import { Problem } from '../../ui/problem.tsx'
import { OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { Person } from '../patient/person.tsx'
import bar from '../registry/bulk-bar.module.css'
import { type Case, type CaseloadRules, handleOf, type Load } from './case-parts.ts'
import styles from './caseload.module.css'
import { CloseCase } from './close-case.tsx'
import { GiveLead, told } from './give-lead.tsx'

const Take = graphql(`
  mutation CaseTable_takeCases($cases: [CaseSeenInput!]!) {
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

const t = words.caseload

export function CaseTable(props: {
  pages: ReturnType<typeof usePages<unknown, object, Case>>
  loads: readonly Load[]
  rules: CaseloadRules
  onChanged: (said: string | null) => void
}) {
  const { pages, loads, rules, onChanged } = props
  const may = useMay()
  const viewer = useViewer()
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [giving, setGiving] = useState(false)
  const [closing, setClosing] = useState<Case | null>(null)
  const [outcome, setOutcome] = useState<Outcome>({})
  const chosen = pages.rows.filter(({ id }) => ids.has(id))
  const changed = (said: string | null) => {
    setIds(new Set())
    onChanged(said)
  }
  const take = useAct(
    Take,
    (data) => told(data.takeCases),
    () => changed(t.taken(chosen.length)),
  )
  const takeThem = async () => {
    const result = await take({ cases: chosen.map(({ id, version }) => ({ id, version })) })
    setOutcome(result)
    if (result.refused) pages.refresh()
  }
  const canGive = may('update', 'Caseload')
  const canTake = may('start', 'Caseload')
  return (
    <>
      <div className={`${bar['bar']} screenOnly`} role="toolbar" aria-label={t.choosing} hidden={chosen.length === 0}>
        <span className="strong" role="status">
          {chosen.length > 0 && t.chosen(chosen.length)}
        </span>
        {canGive && (
          <Button look="primary" onClick={() => setGiving(true)}>
            {t.give}
          </Button>
        )}
        {canTake && chosen.every(({ leadId }) => leadId === null) && <Button onClick={() => void takeThem()}>{t.take}</Button>}
        <Button look="quiet" icon="close" onClick={() => setIds(new Set())}>
          {t.clear}
        </Button>
      </div>
      {outcome.refused && (
        <Notice tone="warn" title={words.members.refused} urgent>
          {outcome.refused}
        </Notice>
      )}
      {outcome.error && <Problem error={outcome.error} />}
      <PagedTable
        label={t.list}
        pages={pages}
        height={320}
        columns={columnsFor(may('read', 'Chart'), viewer.practiceIds.length === 1, may('end', 'Caseload') ? setClosing : null)}
        rowKey={({ id }) => id}
        {...((canGive || canTake) && {
          choosing: {
            chosen: ids,
            nameOf,
            toggle: (id: string) => setIds(new Set(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id])),
            toggleAll: (keys: readonly string[]) => setIds(new Set(keys.every((key) => ids.has(key)) ? [] : keys)),
            allLabel: t.chooseAll,
          },
        })}
        empty={<Empty title={t.none}>{t.noneAdvice}</Empty>}
      />
      {giving && (
        <GiveLead
          cases={chosen}
          loads={loads}
          rules={rules}
          onClose={() => setGiving(false)}
          onDone={changed}
          onLost={() => onChanged(null)}
        />
      )}
      {closing && <CloseCase of={closing} name={nameOf(closing)} onClose={() => setClosing(null)} onDone={() => changed(null)} />}
    </>
  )
}

const nameOf = (one: Case): string =>
  one.patient ? words.patient.name(one.patient.familyName, one.patient.givenName) : t.rowName(handleOf(one), one.practice.name)

function columnsFor(charts: boolean, isOnePractice: boolean, close: ((one: Case) => void) | null): Column<Case>[] {
  const who: Column<Case> = charts
    ? {
        key: 'patient',
        head: t.rows.patient,
        width: 240,
        cell: ({ patient }) =>
          patient && (
            <Link to={`/patients/${patient.id}`}>
              <Person patient={patient} demographics="short" />
            </Link>
          ),
      }
    : { key: 'handle', head: t.rows.handle, width: 100, cell: (one) => handleOf(one) }
  return [
    who,
    ...(isOnePractice ? [] : [{ key: 'practice', head: t.rows.practice, width: 220, cell: ({ practice }: Case) => practice.name }]),
    { key: 'points', head: t.rows.points, width: 70, align: 'end', cell: ({ points }) => points },
    { key: 'due', head: t.rows.due, width: 110, cell: ({ dueOn }) => <Due day={dueOn} /> },
    { key: 'lead', head: t.rows.lead, width: 160, cell: ({ leadName }) => leadName ?? <span className="soft">{t.nobody}</span> },
    {
      key: 'owner',
      head: t.rows.owner,
      width: 180,
      cell: ({ owner, isCovered }) =>
        owner === null ? <span className={styles['bad']}>{t.noOwner}</span> : isCovered ? t.covers(owner) : owner,
    },
    { key: 'since', head: t.rows.since, width: 130, cell: ({ openedOn }) => <OnDay day={openedOn} /> },
    ...(close
      ? [
          {
            key: 'act',
            head: t.rows.act,
            width: 80,
            cell: (one: Case) => (
              <Button look="quiet" aria-label={t.closeOf(nameOf(one))} onClick={() => close(one)}>
                {t.close}
              </Button>
            ),
          },
        ]
      : []),
  ]
}

function Due({ day }: { day: string }) {
  const isOver = day < new Date().toISOString().slice(0, 10)
  return (
    <span className={isOver ? styles['bad'] : undefined}>
      <OnDay day={day} />
    </span>
  )
}
