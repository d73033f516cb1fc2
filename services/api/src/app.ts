import { expressMiddleware } from '@as-integrations/express5'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { GraphQLError } from 'graphql'
import helmet from 'helmet'
import type { Database } from '@carecommons/database'
import { openPackageDesk, openVault, type UrlPrefixes } from '@carecommons/domain/graphql'
import { newId } from '@carecommons/kernel'
import { auditExport } from './audit-export.ts'
import { systemEntrance } from './auth/bearer.ts'
import { type IdentityProviderOptions, openIdentityProvider } from './auth/identity-provider.ts'
import { OIDC_PATH, oidcRoutes } from './auth/oidc-routes.ts'
import { openRemoteKeys } from './auth/remote-keys.ts'
import { smartConfiguration } from './auth/smart-configuration.ts'
import { TOKEN_PATH, tokenEndpoint } from './auth/token-endpoint.ts'
import { fromOurPages, fromOurWeb, hasNul, refuse, withoutNul } from './caller-checks.ts'
import { openDocumentLimits } from './document-limits.ts'
import { type House, openEntrance } from './entrance.ts'
import { fhirIntake } from './fhir-intake.ts'
import { failureOf, tell } from './failures.ts'
import { openGraphqlServer } from './graphql-server.ts'
import { HURRIED } from './guard-doors.ts'
import { openIntakeLine } from './intake-line.ts'
import type { Log } from './log.ts'
import { type Documents, namedDocuments } from './named-documents.ts'
import { fetchRule, openSafeFetch } from './outside/safe-fetch.ts'
import { openMovements } from './movements.ts'
import { listExport } from './list-export.ts'
import { outreachExport } from './outreach-export.ts'
import { performanceExport } from './performance-export.ts'
import { measureUploads } from './measure-uploads.ts'
import { recordUploads } from './record-uploads.ts'
import { openRequestLimits, type RequestLimits, requestRates, type RequestRates } from './request-limits.ts'
import { buildApiSchema } from './schema.ts'
import { openSignInLimits } from './sign-in-limits.ts'
import { staticWeb } from './static-web.ts'
import { subscriptions } from './subscriptions.ts'
import { httpStatusOf } from './turned-away.ts'

interface AppOptions extends Omit<
  House,
  'sessions' | 'signIns' | 'requests' | 'vault' | 'movements' | 'identityProvider' | 'mayFetch' | 'desk' | 'intake'
> {
  readonly database: Database
  readonly log: Log
  readonly production: boolean
  readonly staticFolder?: string
  readonly rates?: RequestRates
  readonly documents?: Documents
  readonly sealingKey: Uint8Array
  /** Where browsers and programs reach the service. */
  readonly publicUrl: () => string
  readonly insideAddresses: readonly string[]
  readonly identityProvider?: IdentityProviderOptions
  readonly prefixes?: UrlPrefixes
}

/** Everything behind one port: GraphQL, exports, health, pages. `hush` ends what would go on for ever. */
export async function createApp(options: AppOptions): Promise<{ app: Express; hush(): Promise<void>; stop(): Promise<void> }> {
  const { database, log, production, staticFolder, documents = {}, sealingKey } = options
  const requests = openRequestLimits(database, options.clock, options.rates ?? requestRates, () =>
    log({ level: 'warn', event: 'RatesNotShared' }),
  )
  const signIns = openSignInLimits(database, options.clock)
  const desk = openPackageDesk(options.prefixes)
  const movements = openMovements(database)
  const intake = openIntakeLine(() => database.openBulk())
  const house: House = {
    ...options,
    sessions: database,
    signIns,
    requests,
    mayFetch: fetchRule(options.insideAddresses),
    desk,
    intake,
    movements,
    vault: openVault(sealingKey),
    identityProvider: options.identityProvider?.name ?? null,
  }
  const schema = buildApiSchema()
  const graphql = openGraphqlServer({ schema, introspection: !production, log })
  await graphql.start()
  const refusalOf = openDocumentLimits(!production)

  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY } }))
  app.get('/healthz', (_request, response) => void response.json({ ok: true }))
  app.get('/readyz', async (_request, response) => {
    await database.within({ kind: 'door' }, ({ db }) => db.selectFrom('region').select('id').limit(1).execute())
    response.json({ ok: true })
  })
  app.use(withoutNul)
  app.use(['/graphql', '/exports', '/auth', '/fhir', '/uploads'], byAddress(requests), (_request, response, next) => {
    response.setHeader('cache-control', 'no-store')
    next()
  })
  app.use(['/graphql', '/exports', '/fhir'], systemEntrance(house))
  const only = production && options.documents !== undefined
  app.use(
    '/graphql',
    fromOurWeb,
    express.json({ limit: '100kb', verify: refuseNul }),
    namedDocuments(documents, only),
    (request, response, next) => {
      const { query } = (request.body ?? {}) as { query?: unknown }
      if (typeof query === 'string' && hasNul(query)) throw new NulInBody()
      const refusal = typeof query === 'string' ? refusalOf(query) : null
      if (refusal) refuse(response, 400, refusal, 'GRAPHQL_VALIDATION_FAILED')
      else next()
    },
  )
  app.use('/graphql', subscriptions(house, schema, log))
  app.use('/graphql', expressMiddleware(graphql, { context: async ({ req, res }) => openEntrance(house, req, res) }))
  app.get('/exports/audit.ndjson', auditExport(house))
  app.get('/exports/lists/:id', listExport(house))
  app.get('/exports/outreach.csv', outreachExport(house))
  app.get('/exports/performance.csv', performanceExport(house))
  app.post('/uploads/records', fromOurPages, recordUploads(house))
  app.use('/uploads', measureUploads(house))
  app.use('/fhir', fhirIntake({ ...house, log }))
  const tokenUrl = () => new URL(TOKEN_PATH, options.publicUrl()).href
  const safeFetch = openSafeFetch({ inside: options.insideAddresses })
  const fetchKeys = openRemoteKeys(safeFetch, house.clock)
  app.get('/.well-known/smart-configuration', smartConfiguration(tokenUrl))
  app.use(TOKEN_PATH, tokenEndpoint({ ...house, log, fetchKeys, audiences: () => [tokenUrl()] }))
  if (options.identityProvider) {
    const callbackUrl = () => new URL(`${OIDC_PATH}/callback`, options.publicUrl())
    app.use(OIDC_PATH, oidcRoutes({ house, provider: openIdentityProvider(options.identityProvider, safeFetch, callbackUrl), log }))
  }
  if (staticFolder) app.use(staticWeb(staticFolder))
  app.use((_request, response) => refuse(response, 404, 'Nothing is here.', 'NOT_FOUND'))
  app.use(inWords(log))
  return {
    app,
    hush: movements.close,
    async stop() {
      await graphql.stop()
      await Promise.all([requests.close(), intake.close(), desk.close()])
    },
  }
}

/** Before anything is read of a request. */
const byAddress = (requests: RequestLimits): RequestHandler =>
  function limitAddress(request, response, next) {
    const wait = requests.take('address', request.ip ?? '')
    if (wait === null) return next()
    response.setHeader('retry-after', String(wait))
    refuse(response, 429, HURRIED, 'RATE_LIMITED')
  }

/** Own scripts and styles only, and none in the page itself; what scripts set on an element's `style` is not meant by it. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

class NulInBody extends Error {}

function refuseNul(_request: unknown, _response: unknown, body: Buffer): void {
  if (hasNul(body.toString('latin1'))) throw new NulInBody()
}

/** What went wrong outside of GraphQL, in the same words. */
const inWords =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error)
    if (error instanceof GraphQLError && failureOf(error) === 'expected')
      return refuse(response, httpStatusOf(error) ?? 400, error.message, String(error.extensions['code']))
    const status = statusOf(error)
    if (status) return refuse(response, status, WORDS[status] ?? 'The request cannot be read.')
    const requestId = newId<'Request'>()
    const failure = failureOf(error)
    if (failure === 'unavailable') response.setHeader('retry-after', '5')
    response.status(failure === 'unavailable' ? 503 : failure === 'forbidden' ? 403 : 500).json({ errors: [tell(error, requestId, log)] })
  }

const WORDS: Readonly<Record<number, string>> = { 404: 'Nothing is here.', 413: 'The request is larger than 100 kB.' }

/** Status of an error that the body parser or the file server raised about the request itself. */
function statusOf(error: unknown): number | null {
  if (error instanceof NulInBody) return 400
  return typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number' && error.status < 500
    ? error.status
    : null
}
