import { useQuery } from 'urql'
import { useViewer } from '../../app/viewer.ts'
import { fullDay } from '../../lib/dates.ts'
import { graphql } from '../../lib/graphql.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { words } from '../../words/index.ts'
import { Agreements, Signed } from './agreements.tsx'

const Own = graphql(
  `
    query AgreementsPage_organization($id: ID!) {
      organization(id: $id) {
        ...Signed
      }
    }
  `,
  [Signed],
)

/** The own practice's agreements. Until both are signed this is where its administrator begins. */
export function Component() {
  const { membership } = useViewer()
  const [result, again] = useQuery({ query: Own, variables: { id: membership.organization.id } })
  const refresh = () => again({ requestPolicy: 'network-only' })
  const practice = result.data?.organization
  return (
    <Page title={words.agreements.title} tab={words.agreements.title}>
      {practice && !practice.activeSince && (
        <Notice tone="warn" title={words.agreements.waiting}>
          {words.agreements.waitingAdvice}
        </Notice>
      )}
      {practice?.activeSince && <Notice title={words.agreements.done(fullDay(practice.activeSince))} />}
      <Loaded result={result} height={360} retry={refresh}>
        {() => practice && <Agreements practice={practice} onChanged={refresh} />}
      </Loaded>
    </Page>
  )
}
