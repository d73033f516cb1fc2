import { useEffect } from 'react'
import { useQuery } from 'urql'
import { OnePlan, Plans } from './plan-parts.ts'

const LOOK_EVERY_MS = 1000

/** The newest plans; looked at again while one is under way. */
export function usePlans() {
  const [result, again] = useQuery({ query: Plans })
  const isWaiting = result.data?.staffPlans.some(({ state }) => state === 'UNDER_WAY') ?? false
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => again({ requestPolicy: 'network-only' }), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isWaiting, again])
  return { result, plans: result.data?.staffPlans ?? [], refresh: () => again({ requestPolicy: 'network-only' }) }
}

/** One plan in full, read anew once it is there. */
export function usePlan(id: string | null, state: string | undefined) {
  const [result, again] = useQuery({ query: OnePlan, variables: { id: id ?? '' }, pause: id === null })
  const plan = id === null ? null : (result.data?.staffPlan ?? null)
  const isStale = plan !== null && state !== undefined && plan.state !== state
  useEffect(() => {
    if (isStale) again({ requestPolicy: 'network-only' })
  }, [isStale, again])
  return { result, plan: plan?.id === id ? plan : null, readAgain: () => again({ requestPolicy: 'network-only' }) }
}
