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
import { useSearch } from '../../ui/search-field.tsx'
import { words } from '../../words/index.ts'
import { AssignmentSection } from '../care-managers/assignment-section.tsx'
import { InvitePerson } from '../people/invite-person.tsx'
import { PeopleList } from '../people/people-list.tsx'
import { usePeople } from '../people/use-people.ts'
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
        grantableRoles
        emergenciesTold
      }
    }
  `,
  [Signed, Part2, Named],
)

/** One practice or payer: what is missing until it can work, its agreements, its people, its care managers. */
export function Component() {
  const { id = '' } = useParams()
  return <MemberPage key={id} id={id} />
}

function MemberPage({ id }: { id: string }) {
  const [result, again] = useQuery({ query: Member, variables: { id } })
  const [doing, setDoing] = useState<'invite' | 'rename' | null>(null)
  const { search, field } = useSearch()
  const list = usePeople({ search, organizationId: id })
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
              <PeopleList list={list} search={search} field={field} onChanged={refresh} />
              {isPractice && <Part2Program practice={member} onChanged={refresh} />}
              {isPractice && <AssignmentSection practiceId={member.id} />}
            </>
          ) : (
            <Empty title={words.members.missing}>{words.members.missingAdvice}</Empty>
          )
        }
      </Loaded>
      {doing === 'rename' && member && <RenameMember member={member} onClose={() => setDoing(null)} onDone={refresh} />}
      {doing === 'invite' && member && (
        <InvitePerson
          place={{ id: member.id, name: member.organization.name, roles: member.grantableRoles }}
          onClose={() => setDoing(null)}
          onDone={() => {
            list.refresh()
            refresh()
          }}
        />
      )}
    </Page>
  )
}
