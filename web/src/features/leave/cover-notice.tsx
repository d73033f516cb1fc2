import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { Notice } from '../../ui/notice.tsx'
import { At } from '../../ui/when.tsx'
import { words } from '../../words/index.ts'

const Mine = graphql(`
  query CoverNotice_careAssignments {
    careAssignments(first: 100) {
      edges {
        node {
          id
          coversFor
          until
          state
          practice {
            name
          }
        }
      }
    }
  }
`)

/** Above a list that holds a colleague's patients for a time: whose, of which practice, until when. */
export function CoverNotice() {
  const [{ data }] = useQuery({ query: Mine, requestPolicy: 'cache-and-network' })
  const covers =
    data?.careAssignments.edges.map(({ node }) => node).filter(({ coversFor, state }) => coversFor && state === 'CURRENT') ?? []
  return covers.map(({ id, coversFor, until, practice }) => (
    <Notice key={id} title={words.leave.covering(coversFor ?? '', practice.name)}>
      {words.leave.coveringUntil} {until && <At instant={until} clock />}.
    </Notice>
  ))
}
