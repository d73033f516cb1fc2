import { use } from 'react'
import { ConfirmContext } from '../../lib/confirm.ts'

type Refusable = { __typename: string; code?: string }
type Run<Result> = () => Promise<Result | null | undefined>

/** Runs what needs a fresh proof of who is working: where it is refused for want of one, asks for it and runs it again. */
export function useStepUp(): <Result extends Refusable>(run: Run<Result>) => Promise<Result | null> {
  const ask = use(ConfirmContext)
  return async (run) => {
    const first = (await run()) ?? null
    if (first?.code !== 'StepUpNeeded') return first
    return (await ask()) ? ((await run()) ?? null) : null
  }
}
