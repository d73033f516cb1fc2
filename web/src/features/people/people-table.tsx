import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Empty } from '../../ui/empty.tsx'
import { At, OnDay } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'
import { ChangeRole, EndAccess } from './change-person.tsx'
import type { Staff } from './people-parts.ts'
import { RenamePerson } from './rename-person.tsx'
import { RenewSignIn } from './renew-sign-in.tsx'

const CHANGES = { role: ChangeRole, rename: RenamePerson, renew: RenewSignIn, end: EndAccess }

/** People with what may be done about each; `onChanged` asks for the list anew. */
export function PeopleTable({
  people,
  searched,
  invited,
  showOrganization,
  onChanged,
}: {
  people: readonly Staff[]
  searched: boolean
  /** Somebody was asked in and has not answered. */
  invited: boolean
  showOrganization?: boolean | undefined
  onChanged: () => void
}) {
  const [changing, setChanging] = useState<{ what: keyof typeof CHANGES; person: Staff } | null>(null)
  const close = () => setChanging(null)
  const columns: Column<Staff>[] = [
    { key: 'name', head: words.people.columns.name, width: 180, cell: ({ name, email }) => <span title={email}>{name}</span> },
    { key: 'role', head: words.people.columns.role, width: 170, cell: ({ role }) => words.roles[role] ?? role },
    ...(showOrganization
      ? [{ key: 'at', head: words.people.columns.organization, width: 200, cell: ({ organization }: Staff) => organization.name }]
      : []),
    { key: 'since', head: words.people.columns.since, width: 100, align: 'end', cell: ({ startsOn }) => <OnDay day={startsOn} /> },
    {
      key: 'last',
      head: words.people.columns.last,
      width: 120,
      align: 'end',
      cell: ({ lastSignedInAt, waitsSince }) =>
        waitsSince ? (
          <span className="soft" title={words.people.waitsWhy}>
            {words.people.waits}
          </span>
        ) : lastSignedInAt ? (
          <At instant={lastSignedInAt} clock />
        ) : (
          <span className="soft">{words.people.never}</span>
        ),
    },
    {
      key: 'actions',
      head: words.people.columns.actions,
      width: 350,
      cell: (person) => (
        <>
          {person.viewerCan.rename && (
            <Button look="quiet" aria-label={words.people.renameOf(person.name)} onClick={() => setChanging({ what: 'rename', person })}>
              {words.people.rename}
            </Button>
          )}
          {person.viewerCan.changeRoleTo.length > 0 && (
            <Button look="quiet" aria-label={words.people.changeRoleOf(person.name)} onClick={() => setChanging({ what: 'role', person })}>
              {words.people.changeRole}
            </Button>
          )}
          {person.viewerCan.renewSignIn && (
            <Button
              look="quiet"
              aria-label={words.people.renewSignInFor(person.name)}
              onClick={() => setChanging({ what: 'renew', person })}
            >
              {words.people.renewSignIn}
            </Button>
          )}
          {person.viewerCan.end && (
            <Button look="quiet" aria-label={words.people.endOf(person.name)} onClick={() => setChanging({ what: 'end', person })}>
              {words.people.end}
            </Button>
          )}
        </>
      ),
    },
  ]
  const Changing = CHANGES[changing?.what ?? 'rename']
  return (
    <>
      <DataTable
        label={words.people.title}
        columns={columns}
        rows={people}
        rowKey={({ id }) => id}
        empty={
          <Empty title={searched ? words.people.nobodyFits : words.people.none}>
            {searched ? words.people.nobodyFitsAdvice : invited ? words.people.noneYetAdvice : words.people.noneAdvice}
          </Empty>
        }
      />
      {changing && <Changing person={changing.person} onClose={close} onDone={onChanged} />}
    </>
  )
}
