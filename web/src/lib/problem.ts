import type { CombinedError } from 'urql'
import { newKey } from './new-key.ts'

/** What went wrong, as far as the person has to act differently. `id` is what to quote to support. */
export type Problem = { kind: 'offline' | 'signed-out' | 'refused' | 'failed'; id?: string }

/** The one place where a transport or API error becomes something words exist for. */
export function problemOf(error: CombinedError): Problem {
  const status = error.response instanceof Response ? error.response.status : undefined
  const extensions = error.graphQLErrors[0]?.extensions
  const code = typeof extensions?.['code'] === 'string' ? extensions['code'] : undefined
  const id = typeof extensions?.['id'] === 'string' ? extensions['id'] : undefined
  if (code === 'UNAUTHENTICATED' || status === 401) return { kind: 'signed-out' }
  if (code === 'FORBIDDEN' || status === 403) return { kind: 'refused', id }
  if (error.networkError && status === undefined) return { kind: 'offline' }
  return { kind: 'failed', id }
}

/** A short id for failures that never reached the server; it is also written to the console beside the error. */
export const localErrorId = (): string => newKey().slice(0, 8)
