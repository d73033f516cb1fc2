import { useState } from 'react'
import { useQuery } from 'urql'
import { useViewer } from '../../app/viewer.ts'
import { useAddress } from '../../lib/address.ts'
import { graphql } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { Assigned, AssignmentTable } from '../care-managers/assignment-table.tsx'
import { InvitePerson } from './invite-person.tsx'
import { Staff, Waiting } from './people-parts.ts'
import { PeopleTable } from './people-table.tsx'
import { WaitingTable } from './waiting-table.tsx'

const People = graphql(
  `
    query PeoplePage_people($ofPractice: Boolean!) {
      people {
        ...Staff
      }
      invitations {
        ...Waiting
      }
      organizations {
        id
        organization {
          name
          kind
        }
        grantableRoles
      }
      careAssignments @include(if: $ofPractice) {
        ...Assigned
      }
    }
  `,
  [Staff, Waiting, Assigned],
)

/** Who works here: of a practice its own people; of the region its staff and the payers', each practice's under Practices. */
export function Component() {
  const { membership } = useViewer()
  const address = useAddress()
  const [result, again] = useQuery({ query: People, variables: { ofPractice: membership.organization.kind === 'PRACTICE' } })
  const [inviting, setInviting] = useState(false)
  const refresh = () => again({ requestPolicy: 'network-only' })
  const isRegion = membership.organization.kind === 'COORDINATING_BODY'
  const places = (result.data?.organizations ?? [])
    .filter(({ organization }) => !isRegion || organization.kind !== 'PRACTICE')
    .flatMap(({ id, organization, grantableRoles }) =>
      grantableRoles.length > 0 ? [{ id, name: organization.name, roles: grantableRoles }] : [],
    )
    .sort((a, b) => Number(b.id === membership.organization.id) - Number(a.id === membership.organization.id))
  const chosen = address.get('at')
  const isShown = ({ organization }: { organization: { id: string } }) =>
    chosen ? organization.id === chosen : places.some(({ id }) => id === organization.id)
  const people = (result.data?.people ?? []).filter(isShown)
  const invitations = (result.data?.invitations ?? []).filter(isShown)
  return (
    <Page
      title={words.people.title}
      tab={words.people.title}
      answer={<p className="soft">{result.data && words.people.answer(people.length, invitations.length)}</p>}
      action={
        places.length > 0 && (
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
            <Button look="primary" icon="people" onClick={() => setInviting(true)}>
              {words.people.invite}
            </Button>
          </>
        )
      }
    >
      <Loaded result={result} height={360} retry={refresh}>
        {() => (
          <>
            <WaitingTable invitations={invitations} onChanged={refresh} />
            <PeopleTable people={people} showOrganization={isRegion} onChanged={refresh} />
            {result.data?.careAssignments && (
              <Section title={words.careManagers.title}>
                <AssignmentTable assignments={result.data.careAssignments} onChanged={refresh} />
              </Section>
            )}
          </>
        )}
      </Loaded>
      {inviting && <InvitePerson places={places} onClose={() => setInviting(false)} onDone={refresh} />}
    </Page>
  )
}
