import {
  type DocumentNode,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  parse,
  subscribe,
  validate,
} from 'graphql'
import type { RequestHandler, Response } from 'express'
import { refuse } from './caller-checks.ts'
import { assertAffordable } from './cost.ts'
import { documentLimits } from './document-limits.ts'
import { type Entrance, type House, openEntrance } from './entrance.ts'
import { tell } from './failures.ts'
import type { Log } from './log.ts'
import { httpStatusOf } from './turned-away.ts'

/** Proxies end connections that say nothing for a minute. */
const SIGN_OF_LIFE_MS = 15_000

/**
 * Subscriptions, one to a connection, as server-sent events (GraphQL over SSE, distinct connections mode): `next` with a result, `complete`
 * at the end. Everything else is left to who comes next.
 */
export const subscriptions = (house: House, schema: GraphQLSchema, log: Log): RequestHandler =>
  async function subscribeTo(request, response, next) {
    const { query, variables: variableValues = {}, operationName } = (request.body ?? {}) as Asked
    const document = subscriptionIn(query, operationName)
    if (!document) return next()
    if (!request.accepts('text/event-stream')) return refuse(response, 406, 'Subscriptions are answered as text/event-stream.')
    const entrance = openEntrance(house, request, response)
    const result = await open({ schema, document, variableValues, operationName }, entrance)
    // What was refused is noted before it is told; who watches reads nothing meanwhile.
    await entrance.end('commit')
    if ('errors' in result) return turnAway(response, result.errors ?? [], entrance, log)
    await send(response, result as AsyncIterableIterator<ExecutionResult>)
  }

interface Asked {
  readonly query?: unknown
  readonly variables?: Record<string, unknown>
  readonly operationName?: string
}

/** A document that cannot be read is told so by the server proper. */
function subscriptionIn(query: unknown, operationName: string | undefined): DocumentNode | null {
  if (typeof query !== 'string' || !query.includes('subscription')) return null
  try {
    const document = parse(query, { maxTokens: documentLimits.tokens })
    return getOperationAST(document, operationName)?.operation === 'subscription' ? document : null
  } catch (error) {
    if (error instanceof GraphQLError) return null
    throw error
  }
}

interface Subscribing {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly variableValues: Record<string, unknown>
  readonly operationName: string | undefined
}

async function open(asked: Subscribing, entrance: Entrance): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const errors = validate(asked.schema, asked.document)
  if (errors.length > 0) return { errors: errors.map(({ message }) => invalid(message)) }
  try {
    assertAffordable({ ...asked, variables: asked.variableValues })
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] }
    throw error
  }
  return (await subscribe({ ...asked, contextValue: entrance })) as AsyncIterableIterator<ExecutionResult> | ExecutionResult
}

const invalid = (message: string) => new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } } })

function turnAway(response: Response, errors: readonly GraphQLError[], entrance: Entrance, log: Log): void {
  const wait = entrance.wait()
  if (wait !== null) response.setHeader('retry-after', String(wait))
  const status = wait === null ? (errors.map(httpStatusOf).find((one) => one !== null) ?? 200) : 429
  response.status(status).json({ errors: errors.map((error) => tell(error, entrance.visit.requestId, log)) })
}

async function send(response: Response, results: AsyncIterableIterator<ExecutionResult>): Promise<void> {
  response.setHeader('content-type', 'text/event-stream; charset=utf-8')
  // Reverse proxies hold answers back to send them in larger pieces.
  response.setHeader('x-accel-buffering', 'no')
  response.write(':\n\n')
  const signs = setInterval(() => response.write(':\n\n'), SIGN_OF_LIFE_MS)
  response.once('close', () => void results.return?.())
  // Whoever left while they were let in is not told of it again.
  if (response.destroyed) void results.return?.()
  try {
    for await (const result of results) response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`)
    response.end('event: complete\ndata:\n\n')
  } finally {
    clearInterval(signs)
  }
}
