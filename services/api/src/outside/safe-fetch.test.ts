import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { type FetchFault, openSafeFetch, type SafeFetchOptions, fetchRule } from './safe-fetch.ts'

let server: Server
let port: number
let requests: IncomingMessage[] = []
let answer: (response: ServerResponse) => void
beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request)
    answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
beforeEach(() => {
  requests = []
  answer = (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":1}')
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const inside = { inside: ['127.0.0.0/8'] }
async function faultOf(url: string, options: SafeFetchOptions = {}): Promise<FetchFault | number> {
  return openSafeFetch(options)(url).then(
    ({ status }) => status,
    ({ reason }: { reason: FetchFault }) => reason,
  )
}

test('loopback is reached when it is an exception, and only then', async () => {
  const url = `http://127.0.0.1:${port}/keys?a=b`
  const response = await openSafeFetch(inside)(url, { method: 'POST', headers: { 'x-a': 'b' }, body: 'c' })
  expect(await response.json()).toEqual({ a: 1 })
  expect(requests[0]).toMatchObject({
    method: 'POST',
    url: '/keys?a=b',
    headers: { 'x-a': 'b', 'accept-encoding': 'identity', host: `127.0.0.1:${port}` },
  })
  for (const refused of [
    url,
    `https://127.0.0.1:${port}/`,
    `https://localhost:${port}/`,
    `https://[::1]:${port}/`,
    `https://2130706433:${port}/`,
  ])
    expect({ refused, fault: await faultOf(refused) }).toEqual({ refused, fault: 'AddressRefused' })
  expect(requests).toHaveLength(1)
})

test('a name is resolved once, and the connection goes to the address that was judged', async () => {
  let lookups = 0
  const resolve = async () => (lookups++ === 0 ? ['127.0.0.1'] : ['10.0.0.1'])
  expect(await faultOf(`http://keys.pine.example:${port}/`, { ...inside, resolve })).toBe(200)
  expect({ lookups, host: requests[0]!.headers.host }).toEqual({ lookups: 1, host: `keys.pine.example:${port}` })
})

test('a name with any closed address is refused, whatever else it answers', async () => {
  const closed = fc.constantFrom('127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fd00::1', '100.64.0.1', '0.0.0.0')
  const open = fc.constantFrom('8.8.8.8', '2606:4700::1')
  await fc.assert(
    fc.asyncProperty(fc.array(open, { maxLength: 3 }), closed, fc.array(open, { maxLength: 3 }), async (before, one, after) => {
      expect(await faultOf(`https://rebind.example:${port}/`, { resolve: async () => [...before, one, ...after] })).toBe('AddressRefused')
    }),
    { numRuns: 50 },
  )
  expect(await faultOf('https://none.example/', { resolve: async () => [] })).toBe('AddressRefused')
  expect(await faultOf('https://none.example/', { resolve: () => Promise.reject(new Error('ENOTFOUND')) })).toBe('Unreachable')
  expect(requests).toHaveLength(0)
})

test.each([
  '',
  'x',
  'file:///etc/passwd',
  'ftp://a.example/',
  'gopher://a.example/',
  'data:application/json,{}',
  'https://user@a.example/',
  'https://u:p@a.example/',
  'javascript:1',
])('%s is no address to fetch from', async (url) => expect(await faultOf(url, { resolve: async () => ['8.8.8.8'] })).toBe('UrlRefused'))

test('without TLS nothing but this machine is asked', async () => {
  expect(await faultOf('http://keys.pine.example/', { resolve: async () => ['8.8.8.8'] })).toBe('UrlRefused')
  expect(await faultOf('http://inner.example/', { inside: ['10.0.0.0/8'], resolve: async () => ['10.0.0.1'] })).toBe('UrlRefused')
})

test.each<[FetchFault | number, string, (response: ServerResponse) => void]>([
  ['Redirected', 'a redirect', (r) => r.writeHead(302, { location: '/', 'content-type': 'application/json' }).end('{}')],
  ['NotJson', 'a page', (r) => r.writeHead(200, { 'content-type': 'text/html' }).end('{}')],
  ['NotJson', 'no type', (r) => r.writeHead(200).end('{}')],
  ['NotJson', 'a type that only starts well', (r) => r.writeHead(200, { 'content-type': 'application/jsonp' }).end('{}')],
  ['NotJson', 'a compressed answer', (r) => r.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end('{}')],
  ['TooLarge', 'a long answer', (r) => r.writeHead(200, { 'content-type': 'application/json' }).end(' '.repeat(2_000))],
  ['TooLarge', 'an answer without end', endless],
  ['TimedOut', 'an answer that never comes', () => undefined],
  ['TimedOut', 'an answer that drips', (r) => void r.writeHead(200, { 'content-type': 'application/json' }).write('{')],
  ['Unreachable', 'a connection that is cut', (r) => void r.destroy()],
  [404, 'an error of its own', (r) => r.writeHead(404, { 'content-type': 'application/problem+json' }).end('{}')],
  [200, 'a key set', (r) => r.writeHead(200, { 'content-type': 'application/jwk-set+json; charset=utf-8' }).end('{}')],
])('%s: %s', async (fault, _name, how) => {
  answer = how
  const started = performance.now()
  expect(await faultOf(`http://127.0.0.1:${port}/`, { ...inside, mostBytes: 1_000, timeoutMs: 300 })).toBe(fault)
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('a name that is never resolved ends in time too', async () => {
  expect(await faultOf('https://slow.example/', { resolve: () => new Promise(() => undefined), timeoutMs: 50 })).toBe('TimedOut')
})

function endless(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const more = setInterval(() => response.write(' '.repeat(100)), 1)
  response.on('close', () => clearInterval(more))
}

test('a URL that can never be fetched is known by itself; a name is judged when it is fetched', () => {
  const judged = (inside: readonly string[], ...urls: string[]) => urls.map((url) => fetchRule(inside)(new URL(url)))
  expect(judged([], 'https://keys.example/', 'https://8.8.8.8/', 'https://[2606:4700::1111]/')).toEqual([true, true, true])
  const closed = [
    'http://keys.example/',
    'http://8.8.8.8/',
    'ftp://keys.example/',
    'https://10.0.0.1/',
    'https://0xa000001/',
    'https://[::1]/',
  ]
  const here = ['http://127.0.0.1/', 'http://localhost/', 'https://127.1/']
  expect(judged([], ...closed, ...here)).toEqual([...closed, ...here].map(() => false))
  expect(judged(['127.0.0.0/8'], ...closed)).toEqual(closed.map(() => false))
  expect(judged(['127.0.0.0/8'], ...here)).toEqual(here.map(() => true))
})
