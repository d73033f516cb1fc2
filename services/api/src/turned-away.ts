import { unwrapResolverError } from '@apollo/server/errors'
import { GraphQLError } from 'graphql'
import { REFUSAL } from './guard-doors.ts'

/** The session is there and waits for its person: 423 Locked. The web covers the screen and asks again once it is open. */
export const LOCKED = (): GraphQLError =>
  new GraphQLError('Your session is locked. Unlock it to go on.', { extensions: { code: 'LOCKED', http: { status: 423 } } })

/** `x-acting-as` names what is not a membership of this person, or no longer one. */
export const NOT_ACTING = (): GraphQLError => new GraphQLError(REFUSAL, { extensions: { code: 'FORBIDDEN', http: { status: 403 } } })

/** The status that a refusal asks for, whichever face of the house it is told at. */
export function httpStatusOf(error: unknown): number | null {
  const cause = unwrapResolverError(error)
  const http = cause instanceof GraphQLError ? (cause.extensions as GraphQLError['extensions'] | undefined)?.['http'] : null
  return typeof http === 'object' && http !== null && 'status' in http && typeof http.status === 'number' ? http.status : null
}
