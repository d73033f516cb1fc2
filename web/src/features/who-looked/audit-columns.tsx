import { Link } from 'react-router'
import { type FragmentOf, graphql, readFragment } from '../../lib/graphql.ts'
import type { Column } from '../../ui/data-table.tsx'
import { Icon } from '../../ui/icon.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

export const AuditRow_event = graphql(`
  fragment AuditRow_event on AuditEvent {
    id
    at
    actor {
      userId
      name
      role
      title
      organization {
        id
        name
      }
    }
    purpose
    practice {
      id
      name
    }
    action
    subject
    subjectIds
    outcome
  }
`)

/** Beside it the name of the chart: asked for where the reader may see charts, because reading it is itself noted. */
export const AuditChart_event = graphql(`
  fragment AuditChart_event on AuditEvent {
    chart {
      id
      name
    }
  }
`)

export type AuditRow = { id: string } & FragmentOf<typeof AuditRow_event> & Partial<FragmentOf<typeof AuditChart_event>>

/** Columns for a practice, which knows the people and its patients by name, or for an auditor, who sees ids of every practice. */
export const auditColumns = (reader: 'practice' | 'auditor'): readonly Column<AuditRow>[] => [
  { key: 'when', head: words.audit.columns.when, width: 128, cell: (row) => <At instant={of(row).at} clock /> },
  { key: 'who', head: words.audit.columns.who, width: 160, cell: (row) => <Who row={row} /> },
  { key: 'what', head: words.audit.columns.what, width: 232, cell: (row) => words.audit.what(of(row).action, of(row).subject) },
  ...(reader === 'auditor'
    ? [{ key: 'practice', head: words.audit.columns.practice, width: 190, cell: (row: AuditRow) => of(row).practice?.name ?? '' }]
    : []),
  { key: 'whose', head: words.audit.columns.whose, width: 180, cell: (row) => <Whose row={row} reader={reader} /> },
  { key: 'why', head: words.audit.columns.why, width: 176, cell: (row) => <Why purpose={of(row).purpose} /> },
  { key: 'role', head: words.audit.columns.role, width: 192, cell: (row) => roleOf(row) },
  { key: 'outcome', head: words.audit.columns.outcome, width: 112, cell: (row) => <Outcome outcome={of(row).outcome} /> },
]

const of = (row: AuditRow) => readFragment(AuditRow_event, row)

function Who({ row }: { row: AuditRow }) {
  const { actor } = of(row)
  if (actor.name) return <span title={actor.name}>{actor.name}</span>
  if (actor.userId) return <code title={actor.userId}>{actor.userId.slice(-12)}</code>
  return <span className="soft">{actor.role === 'worker' ? words.audit.job : words.audit.nobody}</span>
}

function roleOf(row: AuditRow) {
  const { actor } = of(row)
  const text = [actor.title, actor.organization?.name].filter(Boolean).join(', ')
  return <span title={text}>{text}</span>
}

function Whose({ row, reader }: { row: AuditRow; reader: 'practice' | 'auditor' }) {
  const { subject, subjectIds } = of(row)
  const chart = readFragment(AuditChart_event, row as FragmentOf<typeof AuditChart_event>).chart
  if (chart && reader === 'practice') return <Link to={`/patients/${chart.id}`}>{chart.name ?? words.audit.oneChart}</Link>
  if (subjectIds.length === 1 && reader === 'auditor') return <code title={subjectIds[0]}>{subjectIds[0]!.slice(-12)}</code>
  return <span className="soft">{words.audit.howMany(subject, subjectIds.length)}</span>
}

function Why({ purpose }: { purpose: string }) {
  return (
    <>
      {purpose === 'emergency' && <Icon name="alert" size={14} />} {words.audit.purposes[purpose] ?? purpose}
    </>
  )
}

function Outcome({ outcome }: { outcome: string }) {
  return (
    <>
      {outcome === 'denied' && <Icon name="hidden" size={14} />} {words.audit.outcomes[outcome] ?? outcome}
    </>
  )
}
