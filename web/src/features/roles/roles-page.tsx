import { type RoleRow, roleTable, subjectWords } from '@carecommons/access'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Page } from '../../ui/page.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

type Right = RoleRow['rights'][number]

const COLUMNS: readonly Column<Right>[] = [
  {
    key: 'subject',
    head: words.rolesPage.columns.subject,
    width: 420,
    cell: ({ subject }) => <span title={subject}>{subjectWords[subject]}</span>,
  },
  { key: 'actions', head: words.rolesPage.columns.actions, width: 220, cell: ({ actions }) => actions.join(', ') },
  { key: 'reach', head: words.rolesPage.columns.reach, width: 180, cell: ({ reach }) => reach },
]

/** What each role may do, from the very rules that the API goes by. */
export function Component() {
  return (
    <Page
      title={words.rolesPage.title}
      tab={words.rolesPage.title}
      answer={
        <p className="soft">
          {words.rolesPage.answer} {words.rolesPage.everybody}
        </p>
      }
    >
      {roleTable().map(({ role, title, holder, organizationKind, rights }) => (
        <Section key={role} title={title} note={words.rolesPage.of(holder, organizationKind)}>
          {rights.length === 0 ? (
            <p className="soft">{words.rolesPage.nothing}</p>
          ) : (
            <DataTable label={title} columns={COLUMNS} rows={rights} rowKey={({ subject, reach }) => `${subject} ${reach}`} />
          )}
        </Section>
      ))}
    </Page>
  )
}
