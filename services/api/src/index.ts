import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Ability, abilityFor, type Viewer } from '@carecommons/access'
import type { Database } from '@carecommons/database'
import type { UrlPrefixes } from '@carecommons/domain/graphql'
import { type Clock, systemClock } from '@carecommons/kernel'
import { createApp } from './app.ts'
import type { IdentityProviderOptions } from './auth/identity-provider.ts'
import type { Log } from './log.ts'
import type { RequestRates } from './request-limits.ts'
import { readDocuments } from './named-documents.ts'

export { guardDoors } from './guard-doors.ts'
export type { Log, LogLine } from './log.ts'
export { printedSchema } from './print-schema.ts'
export { buildApiSchema } from './schema.ts'

export interface ApiOptions {
  readonly database: Database
  readonly log: Log
  /** Folder of the built web; without it the API serves no pages. */
  readonly staticFolder?: string
  /** The list of the web's operations, as its build writes it. In production a browser then may send nothing else. */
  readonly documentsFile?: string
  /** No introspection, no documents of a browser's own. On unless told: nobody has to remember to close an install. */
  readonly production?: boolean
  /** Cookies for https only, also when a proxy ends https before us. */
  readonly secureCookies?: boolean
  /** 32 bytes that seal secrets at rest; the same for every process of the install, and kept. */
  readonly sealingKey: Uint8Array
  readonly clock?: Clock
  /** Requests a minute by user, organization and address. */
  readonly rates?: RequestRates
  /**
   * Where browsers and programs reach the service, `https://commons.example.org`: tokens are asked for at this address and passkeys are
   * bound to its name, so it is never taken from a request. Unless told, tokens are asked for where we listen, and passkeys work on localhost.
   */
  readonly publicUrl?: string
  /** Ranges (CIDR) that may be fetched from although they are not public. */
  readonly insideAddresses?: readonly string[]
  /** The region's own identity provider (OpenID Connect); its people may sign in through it. */
  readonly identityProvider?: IdentityProviderOptions
  /** Canonical prefixes that mean the same in records and measures; those known to the engine unless told. */
  readonly prefixes?: UrlPrefixes
  /** What a viewer may do; tests open it to see the other walls hold. Refused in production. */
  readonly ability?: (viewer: Viewer) => Ability
}

export interface Api {
  /** Starts to accept; `port` 0 takes a free one. Answers the address. */
  listen(port: number, host?: string): Promise<{ readonly url: string; readonly port: number }>
  /** Stops accepting, lets requests under way finish. The database stays open: it is its owner's. */
  close(): Promise<void>
}

export async function createApi(options: ApiOptions): Promise<Api> {
  const production = options.production ?? true
  if (production && options.ability) throw new Error('Abilities come from the role pages in production.')
  let listening = 'http://127.0.0.1'
  const { app, hush, stop } = await createApp({
    ...options,
    ...(options.documentsFile === undefined ? {} : { documents: readDocuments(options.documentsFile) }),
    publicUrl: () => options.publicUrl ?? listening,
    insideAddresses: options.insideAddresses ?? [],
    production,
    clock: options.clock ?? systemClock,
    abilityOf: options.ability ?? abilityFor,
    secureCookies: options.secureCookies ?? options.publicUrl?.startsWith('https:') ?? false,
    origin: options.publicUrl === undefined ? null : new URL(options.publicUrl).origin,
  })
  const server = createServer({ maxHeaderSize: LONGEST_HEADERS, keepAliveTimeout: IDLE_CONNECTION }, app)
  return {
    async listen(port, host = '127.0.0.1') {
      await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
      const { port: taken } = server.address() as AddressInfo
      listening = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
      return { url: listening, port: taken }
    },
    async close() {
      await hush()
      await closed(server)
      await stop()
    },
  }
}

/** Bytes. A token of any length is told that it is none, in the words for all of them. */
const LONGEST_HEADERS = 192 * 1024

/** Milliseconds. Longer than a reverse proxy keeps its connections (nginx: 60 s): who sends on one that the other side just closed meets a reset. */
const IDLE_CONNECTION = 75_000

async function closed(server: Server): Promise<void> {
  if (!server.listening) return
  const ended = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection that is kept alive falls idle when its last answer is out.
  const sweep = setInterval(() => server.closeIdleConnections(), 20)
  await ended
  clearInterval(sweep)
}
