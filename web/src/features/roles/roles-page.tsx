import { roleTable, subjectWords } from '@carecommons/access'
import { Page } from '../../ui/page.tsx'
import { PlainTable } from '../../ui/plain-table.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'

const { columns } = words.rolesPage

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
            <PlainTable
              label={title}
              head={[columns.subject, columns.actions, columns.reach]}
              rows={rights.map(({ subject, actions, reach }) => [subjectWords[subject], actions.join(', '), reach])}
              prose={[1, 2]}
            />
          )}
        </Section>
      ))}
    </Page>
  )
}
