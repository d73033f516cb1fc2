import { useState } from 'react'
import { useQuery } from 'urql'
import { useViewer } from '../../app/viewer.ts'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearch } from '../../ui/search-field.tsx'
import { words } from '../../words/index.ts'
import { AssignmentSection } from '../care-managers/assignment-section.tsx'
import { InvitePerson } from './invite-person.tsx'
import { InviteSomewhere } from './invite-somewhere.tsx'
import { OrganizationFilter } from './organization-filter.tsx'
import { PatientSignIns } from './patient-sign-ins.tsx'
import { PeopleList } from './people-list.tsx'
import { usePeople } from './use-people.ts'

const Own = graphql(`
  query PeoplePage_own($id: ID!) {
    organization(id: $id) {
      id
      grantableRoles
    }
  }
`)

/** Who works here: of a practice its own people; of the region everybody, by organization if wanted. */
export function Component() {
  const { membership } = useViewer()
  const address = useAddress()
  const { search, field } = useSearch()
  const [inviting, setInviting] = useState(false)
  const { id, name, kind } = membership.organization
  const [{ data }, again] = useQuery({ query: Own, variables: { id } })
  const isRegion = kind === 'COORDINATING_BODY'
  const list = usePeople({ search, organizationId: address.get('at') })
  const own = { id, name, roles: data?.organization?.grantableRoles ?? [] }
  const Invite = isRegion ? InviteSomewhere : InvitePerson
  const { people, waiting } = list
  return (
    <Page
      title={words.people.title}
      tab={words.people.title}
      answer={
        <p className="soft" role="status">
          {people.loadedAt === 0 ? words.states.loading : words.people.answer(people.total, waiting.total, search !== null)}
        </p>
      }
      action={
        <>
          {isRegion && <OrganizationFilter />}
          {own.roles.length > 0 && (
            <Button look="primary" icon="people" onClick={() => setInviting(true)}>
              {words.people.invite}
            </Button>
          )}
        </>
      }
    >
      <PeopleList list={list} search={search} field={field} showOrganization={isRegion} />
      {kind === 'PRACTICE' && (
        <>
          <AssignmentSection practiceId={id} />
          <PatientSignIns />
        </>
      )}
      {inviting && (
        <Invite
          place={own}
          onClose={() => setInviting(false)}
          onDone={() => {
            list.refresh()
            again({ requestPolicy: 'network-only' })
          }}
        />
      )}
    </Page>
  )
}
