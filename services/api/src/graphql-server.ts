import {
  ApolloServer,
  type ApolloServerPlugin,
  type GraphQLRequestContextWillSendResponse,
  type GraphQLRequestListener,
  HeaderMap,
} from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled'
import { REDISCLOSURE_NOTICE } from '@carecommons/domain'
import type { GraphQLError, GraphQLSchema } from 'graphql'
import { compiledOperation } from './compiled-operation.ts'
import { assertAffordable } from './cost.ts'
import { documentLimits } from './document-limits.ts'
import type { Entrance } from './entrance.ts'
import { failureOf, tell } from './failures.ts'
import type { Log } from './log.ts'
import { httpStatusOf } from './turned-away.ts'

export interface GraphqlOptions {
  readonly schema: GraphQLSchema
  readonly introspection: boolean
  readonly log: Log
}

export const openGraphqlServer = ({ schema, introspection, log }: GraphqlOptions): ApolloServer<Entrance> =>
  new ApolloServer<Entrance>({
    schema,
    introspection,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: documentLimits.tokens },
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    plugins: [ApolloServerPluginLandingPageDisabled(), ApolloServerPluginCacheControlDisabled(), settle(log)],
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => log({ level: 'warn', event: 'GraphqlServerWarned' }),
      error: () => log({ level: 'error', event: 'GraphqlServerFailed' }),
    },
    // The last resort: what the plugin below did not see.
    formatError: (formatted, error) => (failureOf(error) === 'expected' ? formatted : { message: 'Something went wrong.' }),
  })

/** Executes an operation, ends its transaction before the answer leaves, and puts its errors in words. */
function settle(log: Log): ApolloServerPlugin<Entrance> {
  const underWay = new Set<Promise<unknown>>()
  return {
    // Also those whose asker has gone: what they use is closed after them.
    serverWillStart: async () => ({ drainServer: async () => void (await Promise.allSettled(underWay)) }),
    requestDidStart: async () => requestSettled(log, underWay),
  }
}

function requestSettled(log: Log, underWay: Set<Promise<unknown>>): GraphQLRequestListener<Entrance> {
  let errors: readonly GraphQLError[] | undefined
  return {
    async didResolveOperation({ schema, document, request: { variables = {}, operationName } }) {
      assertAffordable({ schema, document, variables, operationName })
    },
    async responseForOperation({ schema, document, contextValue, operation, request: { variables = {}, operationName } }) {
      // Without an operation of that name it is the server's own words that are wanted.
      if (!operation) return null
      const running = Promise.resolve(compiledOperation(schema, document, operationName)(contextValue, variables))
      underWay.add(running)
      const { data, errors: met } = await running.finally(() => underWay.delete(running))
      errors = met
      return { http: { headers: new HeaderMap() }, body: { kind: 'single', singleResult: { data: data ?? null } } }
    },
    willSendResponse: ({ contextValue, response, errors: others }) => answer(contextValue, response, errors ?? others ?? [], log),
  }
}

type Answer = GraphQLRequestContextWillSendResponse<Entrance>['response']

async function answer(contextValue: Entrance, response: Answer, errors: readonly GraphQLError[], log: Log): Promise<void> {
  if (response.body.kind !== 'single') throw new Error('Answers are sent whole.')
  const isBroken = errors.some((error) => failureOf(error) !== 'expected')
  // 42 CFR 2.32: the notice goes with every disclosure, whichever field made it.
  if (response.body.singleResult.data && contextValue.readsUnderPart2())
    response.body.singleResult.extensions = { redisclosureNotice: REDISCLOSURE_NOTICE }
  const lost = await contextValue.end(isBroken ? 'rollback' : 'commit').then(
    () => [],
    (error: unknown) => [error],
  )
  const all: unknown[] = [...errors, ...lost]
  if (all.length === 0) return
  const { requestId } = contextValue.visit
  response.body.singleResult.errors = all.map((error) => tell(error, requestId, log))
  const refusal = errors.map(httpStatusOf).find((status) => status !== null)
  if (refusal) response.http.status = refusal
  const wait = contextValue.wait()
  if (wait !== null) {
    response.http.headers.set('retry-after', String(wait))
    response.http.status = 429
  }
  if (!isBroken && lost.length === 0) return
  // Nothing that was read in a transaction that failed is shown: the note of the reading failed with it.
  delete response.body.singleResult.data
  delete response.body.singleResult.extensions
  const isAway = all.some((error) => failureOf(error) === 'unavailable')
  const isRefused = !isAway && all.every((error) => failureOf(error) === 'forbidden' || failureOf(error) === 'expected')
  if (isAway) response.http.headers.set('retry-after', '5')
  response.http.status = isAway ? 503 : isRefused ? 200 : 500
}
