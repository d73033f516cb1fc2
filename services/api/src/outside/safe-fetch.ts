import { lookup } from 'node:dns/promises'
import { type IncomingMessage, request as requestHttp, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP } from 'node:net'
import { addressRule } from './addresses.ts'

/** Why nothing was fetched. The log may keep it; whoever typed the URL is told less. */
export type FetchFault = 'UrlRefused' | 'AddressRefused' | 'Unreachable' | 'TimedOut' | 'Redirected' | 'NotJson' | 'TooLarge'

export class FetchRefused extends Error {
  readonly reason: FetchFault
  constructor(reason: FetchFault, options?: ErrorOptions) {
    super(reason, options)
    this.reason = reason
  }
}

export interface SafeRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Fetches JSON from a URL that somebody gave us. Answers any status but a redirect; throws `FetchRefused`. */
export type SafeFetch = (url: string, request?: SafeRequest) => Promise<Response>

export interface SafeFetchOptions {
  /** Ranges (CIDR) that may be reached although they are not public; to loopback among them also without TLS. */
  readonly inside?: readonly string[]
  readonly resolve?: (host: string) => Promise<readonly string[]>
  readonly timeoutMs?: number
  readonly mostBytes?: number
}

/**
 * The one way to a URL that a person typed. The host is resolved once and every address it has must be public; the connection goes to
 * one of those very addresses, so a name that changes its mind meanwhile (DNS rebinding) changes nothing. No redirect is followed.
 */
export function openSafeFetch({
  inside = [],
  resolve = addressesOf,
  timeoutMs = 5_000,
  mostBytes = 256 * 1024,
}: SafeFetchOptions = {}): SafeFetch {
  const isOpen = addressRule(inside)
  return async (text, request = {}) => {
    const url = readUrl(text)
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const address = await inTime(pinned(url, isOpen, resolve), signal)
      return await read(await send({ url, address, request, signal }), mostBytes)
    } catch (error) {
      if (error instanceof FetchRefused) throw error
      throw new FetchRefused(signal.aborted ? 'TimedOut' : 'Unreachable', { cause: error })
    }
  }
}

/**
 * What a URL alone tells of whether it will be fetched, for whoever types it: TLS, but for this machine itself where that is among the
 * `inside`; an address written as a number is judged at once, a name by its addresses when it is fetched.
 */
export function fetchRule(inside: readonly string[] = []): (url: URL) => boolean {
  const isOpen = addressRule(inside)
  return (url) => {
    const host = url.hostname === 'localhost' ? '127.0.0.1' : hostOf(url)
    if (isIP(host) && !isOpen(host)) return false
    return url.protocol === 'https:' || (url.protocol === 'http:' && /^127\.|^::1$/.test(host))
  }
}

/** The URL standard turns decimal, octal, hexadecimal and shortened IPv4 hosts into the dotted form, which is what is judged. */
function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.hostname === '') throw new FetchRefused('UrlRefused')
  return url
}

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

const addressesOf = async (host: string): Promise<string[]> => (await lookup(host, { all: true })).map(({ address }) => address)

async function pinned(
  url: URL,
  isOpen: (address: string) => boolean,
  resolve: (host: string) => Promise<readonly string[]>,
): Promise<string> {
  const host = hostOf(url)
  const addresses = isIP(host) ? [host] : await resolve(host)
  const [first] = addresses
  if (first === undefined || !addresses.every(isOpen)) throw new FetchRefused('AddressRefused')
  // Without TLS nobody can tell who answers: only on this machine itself.
  if (url.protocol === 'http:' && !addresses.every((address) => /^127\.|^::1$/.test(address))) throw new FetchRefused('UrlRefused')
  return first
}

const inTime = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new FetchRefused('TimedOut')), { once: true })),
  ])

interface Sending {
  readonly url: URL
  readonly address: string
  readonly request: SafeRequest
  readonly signal: AbortSignal
}

function send({ url, address, request, signal }: Sending): Promise<IncomingMessage> {
  const family = isIP(address)
  const options: RequestOptions = {
    hostname: hostOf(url),
    port: url.port,
    path: url.pathname + url.search,
    method: request.method ?? 'GET',
    // Compressed answers could unfold to any size.
    headers: { accept: 'application/json', ...request.headers, 'accept-encoding': 'identity' },
    agent: false,
    signal,
    lookup: (_host, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
  }
  return new Promise((resolve, reject) => {
    const outgoing = (url.protocol === 'https:' ? requestHttps : requestHttp)(options, resolve)
    outgoing.on('error', reject).end(request.body)
  })
}

const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i

async function read(message: IncomingMessage, mostBytes: number): Promise<Response> {
  try {
    const status = message.statusCode ?? 0
    if (status < 200 || (status >= 300 && status < 400)) throw new FetchRefused('Redirected')
    if (!JSON_TYPE.test(message.headers['content-type'] ?? '') || message.headers['content-encoding']) throw new FetchRefused('NotJson')
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of message as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > mostBytes) throw new FetchRefused('TooLarge')
      chunks.push(chunk)
    }
    const headers = Object.entries(message.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    )
    return new Response(status === 204 ? null : Buffer.concat(chunks), { status, headers })
  } finally {
    message.destroy()
  }
}
