import { graphql } from '../../lib/graphql.ts'
import { useChoice } from '../../ui/choice-field.tsx'
import { InvitePerson, type Workplace } from './invite-person.tsx'

const Payers = graphql(`
  query InviteSomewhere_organizations($first: Int!, $after: String, $search: String) {
    organizations(kind: PAYER, first: $first, after: $after, search: $search) {
      totalCount
      edges {
        node {
          id
          organization {
            name
          }
          grantableRoles
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** Asks a person in to the coordinating body or to a payer. A practice's first administrator is asked in on the practice's page. */
export function InviteSomewhere({ place, onClose, onDone }: { place: Workplace; onClose: () => void; onDone: () => void }) {
  const places = useChoice(
    Payers,
    ({ organizations: { edges, ...rest } }) => ({ ...rest, edges: edges.map(({ node }) => ({ node: workplace(node) })) }),
    {
      before: [place],
    },
  )
  return (
    <InvitePerson place={places.all.find(({ id }) => id === places.chosen) ?? place} places={places} onClose={onClose} onDone={onDone} />
  )
}

const workplace = ({
  id,
  organization,
  grantableRoles,
}: {
  id: string
  organization: { name: string }
  grantableRoles: string[]
}): Workplace => ({
  id,
  name: organization.name,
  roles: grantableRoles,
})
