import { useState } from 'react'
import { useQuery } from 'urql'
import { useViewer } from '../../app/viewer.ts'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Page } from '../../ui/page.tsx'
import { useSearch } from '../../ui/search-field.tsx'
import { words } from '../../words/index.ts'
import { AssignmentSection } from '../care-managers/assignment-section.tsx'
import { InvitePerson } from './invite-person.tsx'
import { PatientSignIns } from './patient-sign-ins.tsx'
import { PeopleList } from './people-list.tsx'
import { usePeople } from './use-people.ts'

const Places = graphql(`
  query PeoplePage_organizations {
    organizations(first: 200) {
      edges {
        node {
          id
          organization {
            name
            kind
          }
          grantableRoles
        }
      }
    }
  }
`)

/** Who works here: of a practice its own people; of the region everybody, by organization if wanted. */
export function Component() {
  const { membership } = useViewer()
  const address = useAddress()
  const { search, field } = useSearch()
  const [inviting, setInviting] = useState(false)
  const [{ data }, again] = useQuery({ query: Places })
  const isRegion = membership.organization.kind === 'COORDINATING_BODY'
  const chosen = address.get('at')
  const list = usePeople({ search, organizationId: chosen })
  const places = (data?.organizations.edges ?? [])
    .map(({ node: { id, organization, grantableRoles } }) => ({ id, ...organization, roles: grantableRoles }))
    .sort((a, b) => Number(b.id === membership.organization.id) - Number(a.id === membership.organization.id))
  // A practice's first administrator is asked in on the practice's page.
  const inviteTo = places.filter(({ kind, roles }) => roles.length > 0 && !(isRegion && kind === 'PRACTICE'))
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
          {places.length > 1 && (
            <SelectField
              hideLabel
              label={words.people.organization}
              value={chosen ?? ''}
              onChange={(event) => address.set({ at: event.target.value })}
            >
              <option value="">{words.people.everybody}</option>
              {places.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
          )}
          {inviteTo.length > 0 && (
            <Button look="primary" icon="people" onClick={() => setInviting(true)}>
              {words.people.invite}
            </Button>
          )}
        </>
      }
    >
      <PeopleList list={list} search={search} field={field} showOrganization={isRegion} />
      {membership.organization.kind === 'PRACTICE' && (
        <>
          <AssignmentSection practiceId={membership.organization.id} />
          <PatientSignIns />
        </>
      )}
      {inviting && (
        <InvitePerson
          places={inviteTo}
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
