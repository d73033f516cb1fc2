import { useQuery } from 'urql'
import { graphql } from '../../lib/graphql.ts'
import { useMoved } from '../../lib/moved.ts'
import { words } from '../../words/index.ts'

const Coming = graphql(`
  query RegistryPage_coming {
    publishedPeriods {
      end
    }
    patients(first: 1) {
      comingGapsState
    }
  }
`)
/** Days from today within which closed gaps come due. */
export const AHEAD = [30, 60, 90, 365] as const
export type Ahead = (typeof AHEAD)[number]

/** Whether it is known what comes due, else words; and the last day of a period that is not over, before which nothing does. */
export function useComing(active: boolean) {
  const [{ data }, refresh] = useQuery({ query: Coming, pause: !active })
  useMoved(
    'charts',
    (charts) => {
      if (charts === null) refresh({ requestPolicy: 'network-only' })
    },
    active,
  )
  const state = (active && data?.patients.comingGapsState) || 'READY'
  const end = data?.publishedPeriods[0]?.end
  const isGoingOn = end !== undefined && end >= new Date().toISOString().slice(0, 10)
  return {
    isKnown: state === 'READY',
    notice: state === 'READY' ? null : words.registry.comingStates[state],
    until: isGoingOn ? end : undefined,
  }
}
