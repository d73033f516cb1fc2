import { use, useState } from 'react'
import { useMutation } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Act } from '../../ui/act.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { shortDay, shortInstant } from '../../lib/dates.ts'
import { TimeZoneContext } from '../../lib/time-zone.ts'
import { words } from '../../words/index.ts'
import type { Waiting } from './people-parts.ts'

const Resend = graphql(`
  mutation WaitingTable_resendInvitation($id: ID!) {
    resendInvitation(id: $id) {
      __typename
      ... on Invitation {
        id
        expiresAt
      }
      ... on Refused {
        message
      }
    }
  }
`)
const Withdraw = graphql(`
  mutation WaitingTable_withdrawInvitation($id: ID!) {
    withdrawInvitation(id: $id) {
      __typename
      ... on Invitation {
        id
        revokedAt
      }
      ... on Refused {
        message
      }
    }
  }
`)

/** Letters that wait for an answer: invitations, and to those who are to choose new ways to sign in. */
export function WaitingTable({ invitations, onChanged }: { invitations: readonly Waiting[]; onChanged: () => void }) {
  const [, resend] = useMutation(Resend)
  const [, withdraw] = useMutation(Withdraw)
  const zone = use(TimeZoneContext)
  const [asking, setAsking] = useState<{ what: 'resend' | 'withdraw'; invitation: Waiting } | null>(null)
  const act = async () => {
    if (!asking) return {}
    const { id } = asking.invitation
    const outcome =
      asking.what === 'resend'
        ? outcomeOf(await resend({ id }), (data) => data.resendInvitation)
        : outcomeOf(await withdraw({ id }), (data) => data.withdrawInvitation)
    if (!outcome.error && !outcome.refused) onChanged()
    return outcome
  }
  const columns: Column<Waiting>[] = [
    { key: 'name', head: words.people.name, width: 180, cell: ({ name, email }) => <span title={email}>{name}</span> },
    { key: 'role', head: words.people.role, width: 170, cell: ({ role }) => words.roles[role] ?? role },
    { key: 'at', head: words.people.organization, width: 180, cell: ({ organization }) => organization.name },
    { key: 'state', head: words.people.state, width: 300, cell: (one) => stateOf(one, zone) },
    {
      key: 'actions',
      head: words.people.columns.actions,
      width: 200,
      cell: (invitation) => (
        <>
          {invitation.renews === null && (
            <Button
              look="quiet"
              aria-label={words.people.resendTo(invitation.name)}
              onClick={() => setAsking({ what: 'resend', invitation })}
            >
              {words.people.resend}
            </Button>
          )}
          <Button
            look="quiet"
            aria-label={words.people.withdrawOf(invitation.name)}
            onClick={() => setAsking({ what: 'withdraw', invitation })}
          >
            {words.people.withdraw}
          </Button>
        </>
      ),
    },
  ]
  return (
    <>
      <DataTable label={words.people.invitations} columns={columns} rows={invitations} rowKey={({ id }) => id} />
      {asking && (
        <Act
          title={(asking.what === 'resend' ? words.people.resendTo : words.people.withdrawOf)(asking.invitation.name)}
          verb={asking.what === 'resend' ? words.people.resend : words.people.withdraw}
          act={act}
          onClose={() => setAsking(null)}
        >
          <p className="soft">{asking.invitation.email}</p>
        </Act>
      )}
    </>
  )
}

function stateOf({ renews, expiresAt, sentAt, mailFailedAt }: Waiting, zone: string): string {
  if (Date.parse(expiresAt) < Date.now()) return words.people.expired
  if (mailFailedAt) return words.people.mailFailed
  if (renews !== null && sentAt) return words.people.newWaysIn(shortInstant(expiresAt, zone))
  return sentAt ? words.people.waiting(shortDay(expiresAt.slice(0, 10))) : words.people.unsent
}
