import { unwrapResolverError } from '@apollo/server/errors'
import { GraphQLError, type GraphQLErrorExtensions, type GraphQLFormattedError } from 'graphql'
import { REFUSAL } from './guard-doors.ts'
import type { Log } from './log.ts'

/** What went wrong, as far as the answer differs. */
type Failure = 'expected' | 'unavailable' | 'forbidden' | 'bug'

/** Codes of errors that are the caller's to mend; their words are written for callers. */
const EXPECTED = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'TOO_COSTLY',
  'RATE_LIMITED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'LOCKED',
  'STEP_UP_NEEDED',
])

/** SQLSTATE classes and Node's codes that mean: the database is away, starting, stopping, full or too slow. */
const UNAVAILABLE = /^(08...|53...|57...|25P03|ECONNREFUSED|ECONNRESET|ENOTFOUND|ENOENT|EPIPE|ETIMEDOUT|EAI_AGAIN)$/
const UNAVAILABLE_WORDS = /timeout exceeded when trying to connect|Connection terminated|timeout expired/

/** Permission denied: the last wall held where the others should have. */
const REFUSED_BY_DATABASE = '42501'

export function failureOf(error: unknown): Failure {
  const cause = causeOf(error)
  if (cause instanceof GraphQLError) return EXPECTED.has(String(codeIn(cause))) ? 'expected' : 'bug'
  const code = codeOf(cause)
  if (code === REFUSED_BY_DATABASE) return 'forbidden'
  if (UNAVAILABLE.test(code) || (cause instanceof Error && UNAVAILABLE_WORDS.test(cause.message))) return 'unavailable'
  return 'bug'
}

/** An error as it leaves the building: an expected one in its words, everything else as an id to quote. The log gets the rest. */
export function tell(error: unknown, requestId: string, log: Log): GraphQLFormattedError {
  const failure = failureOf(error)
  if (failure === 'expected') return inWords(error as GraphQLError)
  log({ level: 'error', event: EVENTS[failure], requestId, ...anonymous(error) })
  if (failure === 'forbidden') return { message: REFUSAL, extensions: { code: 'FORBIDDEN', id: requestId } }
  if (failure === 'unavailable')
    return { message: 'The database cannot be reached at the moment. Try again.', extensions: { code: 'UNAVAILABLE', id: requestId } }
  return { message: `Something went wrong. Quote ${requestId}.`, extensions: { code: 'INTERNAL_SERVER_ERROR', id: requestId } }
}

const EVENTS = { forbidden: 'RefusedByDatabase', unavailable: 'DatabaseUnreachable', bug: 'BugMet' } as const

function inWords(error: GraphQLError): GraphQLFormattedError {
  const { message, locations, path } = error
  return {
    // Suggestions tell the schema to whoever guesses.
    message: message.replace(/ Did you mean .*$/s, ''),
    ...(locations ? { locations } : {}),
    ...(path ? { path } : {}),
    extensions: { code: codeIn(error) },
  }
}

/** What the log may keep: messages of database errors can quote values, so of those only the code stays. */
function anonymous(error: unknown): { code: string; name: string; where: string } {
  const cause = causeOf(error)
  const code = codeOf(cause)
  if (!(cause instanceof Error)) return { code, name: typeof cause, where: '' }
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.trim().startsWith('at '))
  return { code, name: code === '' ? `${cause.name}: ${cause.message}` : cause.name, where: frames.slice(0, 8).join(' | ') }
}

/** Errors that compiled operations make themselves have no extensions at all. */
const codeIn = ({ extensions }: { readonly extensions?: GraphQLErrorExtensions }): unknown => extensions?.['code']

/** What a resolver threw; graphql wraps it, and what is no Error twice. */
function causeOf(error: unknown): unknown {
  const cause = unwrapResolverError(error)
  return cause instanceof Error && 'thrownValue' in cause ? cause.thrownValue : cause
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''
