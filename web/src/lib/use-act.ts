import { type AnyVariables, type TypedDocumentNode, useMutation } from 'urql'
import { type Outcome, outcomeOf } from './outcome.ts'

type Answered = { readonly __typename: string; readonly message?: string }

/** The act of a dialog: sends a mutation that is done or refused, tells which, and calls `onDone` when it was done. */
export function useAct<Data, Variables extends AnyVariables>(
  mutation: TypedDocumentNode<Data, Variables>,
  pick: (data: Data) => Answered,
  onDone: () => void,
): (variables: Variables) => Promise<Outcome> {
  const [, send] = useMutation(mutation)
  return async (variables) => {
    const outcome = outcomeOf(await send(variables), pick)
    if (!outcome.error && !outcome.refused) onDone()
    return outcome
  }
}
