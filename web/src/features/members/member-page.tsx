import { useState } from 'react'
import { useParams } from 'react-router'
import { useQuery } from 'urql'
import { useMay } from '../../app/ability.ts'
import { fullDay } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { Section } from '../../ui/section.tsx'
import { words } from '../../words/index.ts'
import { Assigned, AssignmentTable } from '../care-managers/assignment-table.tsx'
import { InvitePerson } from '../people/invite-person.tsx'
import { Staff, Waiting } from '../people/people-parts.ts'
import { PeopleTable } from '../people/people-table.tsx'
import { WaitingTable } from '../people/waiting-table.tsx'
import { Agreements, Signed } from './agreements.tsx'
import { Part2, Part2Program } from './part2-program.tsx'
import { Named, RenameMember } from './rename-member.tsx'

const Member = graphql(
  `
    query MemberPage_organization($id: ID!) {
      organization(id: $id) {
        ...Signed
        ...Part2
        ...Named
        organization {
          kind
        }
        people {
          ...Staff
        }
        invitations {
          ...Waiting
        }
        careAssignments {
          ...Assigned
        }
        grantableRoles
        emergenciesTold
      }
    }
  `,
  [Signed, Part2, Named, Staff, Waiting, Assigned],
)

/** One practice or payer: what is missing until it can work, its agreements, its people, its care managers. */
export function Component() {
  const { id = '' } = useParams()
  const [result, again] = useQuery({ query: Member, variables: { id } })
  const [doing, setDoing] = useState<'invite' | 'rename' | null>(null)
  const may = useMay()
  const refresh = () => again({ requestPolicy: 'network-only' })
  const member = result.data?.organization
  const isPractice = member?.organization.kind === 'PRACTICE'
  const lacksAdministrator = Boolean(isPractice && member?.grantableRoles.includes('practice-administrator'))
  return (
    <Page
      title={member?.organization.name ?? words.members.practices}
      tab={words.members.practices}
      answer={member?.activeSince && <p className="soft">{words.members.ready(fullDay(member.activeSince))}</p>}
      action={
        member && (
          <>
            {may('update', 'Organization') && <Button onClick={() => setDoing('rename')}>{words.members.rename}</Button>}
            {member.grantableRoles.length > 0 && (
              <Button look="primary" icon="people" onClick={() => setDoing('invite')}>
                {words.people.invite}
              </Button>
            )}
          </>
        )
      }
    >
      <Loaded result={result} height={480} retry={refresh}>
        {() =>
          member ? (
            <>
              {isPractice && (!member.activeSince || lacksAdministrator) && (
                <Notice tone="info" title={words.members.steps}>
                  {!member.activeSince && <p>{words.members.stepAgreements}</p>}
                  {lacksAdministrator && <p>{words.members.stepAdministrator}</p>}
                  {lacksAdministrator && member.emergenciesTold > 0 && <p>{words.members.emergenciesTold(member.emergenciesTold)}</p>}
                </Notice>
              )}
              {isPractice && <Agreements practice={member} onChanged={refresh} />}
              <WaitingTable invitations={member.invitations} onChanged={refresh} />
              <Section title={words.people.title}>
                <PeopleTable people={member.people} onChanged={refresh} />
              </Section>
              {isPractice && <Part2Program practice={member} onChanged={refresh} />}
              {isPractice && (
                <Section title={words.careManagers.title}>
                  <AssignmentTable assignments={member.careAssignments} onChanged={refresh} />
                </Section>
              )}
            </>
          ) : (
            <Empty title={words.members.missing}>{words.members.missingAdvice}</Empty>
          )
        }
      </Loaded>
      {doing === 'rename' && member && <RenameMember member={member} onClose={() => setDoing(null)} onDone={refresh} />}
      {doing === 'invite' && member && (
        <InvitePerson
          places={[{ id: member.id, name: member.organization.name, roles: member.grantableRoles }]}
          onClose={() => setDoing(null)}
          onDone={refresh}
        />
      )}
    </Page>
  )
}
