import type { CombinedError } from 'urql'

/** What came of an act: its refusal in words, or nothing when it was done. */
export type Outcome = { error?: CombinedError | undefined; refused?: string | undefined }

type Answered = { readonly __typename: string; readonly message?: string }

/** Reads the answer of a mutation that is done or refused: the error of the connection, or the refusal in words. */
export function outcomeOf<Data>(
  { data, error }: { data?: Data | undefined; error?: CombinedError | undefined },
  pick: (data: Data) => Answered,
): Outcome {
  if (!data) return { error }
  const answer = pick(data)
  return answer.__typename === 'Refused' ? { refused: answer.message } : {}
}
