import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Cluster, openCluster } from '../../../packages/database/src/embedded/index.ts'
import { type Figure, figure } from '../figure.ts'
import { postgresSeconds, processSeconds } from '../postgres-usage.ts'
import { type Competitor, startCompetitor } from './competitor.ts'
import { answerTo, fire, percentile, type Shot } from './load.ts'
import type { SeededRegion } from './seed-region.ts'
import { webDocument } from './web-document.ts'

export const CONNECTIONS = 20
/** Pages in a round. */
export const REQUESTS = 400
/** How often each connection asks when it does not ask as fast as it is answered. */
export const EVERY_MS = 500

/** Who answers, and what is asked of them in turn. */
export interface Lane {
  readonly name: string
  readonly server: Competitor
  readonly shots: readonly Shot[]
}

export interface Usage {
  readonly perCpuSecond: number
  readonly perSecond: number
  readonly nodeMs: number
  readonly postgresMs: number
  readonly p99: number
}

/** What somebody looks at: a page of a registry, by the names that the web's own operation has for it. */
export interface Asked {
  readonly first: number
  readonly after: string | null
  readonly search: string | null
  readonly condition: string | null
  readonly sort: string
}

/** A clinician's page: clinical columns, record numbers and telephones, as the web asks for those whose role reads them. */
export const pageOf = (asked: Partial<Asked>) => ({
  ...{ first: 50, after: null, search: null, condition: null, openGap: null, sort: 'NAME' },
  ...{ clinical: true, identifiers: true, coming: false },
  ...asked,
})

/** A server of its own, and competitors over it; all of them end with the work. */
export async function withCluster<T>(work: (ring: Ring) => Promise<T>): Promise<T> {
  const root = mkdtempSync(join(tmpdir(), 'commons-bench-'))
  chmodSync(root, 0o711) // the server does not run as root and has to pass through
  const cluster = await openCluster({ folder: join(root, 'cluster') })
  const started: Competitor[] = []
  const start = async (program: string, env: Record<string, string>) => {
    started.push(await startCompetitor(program, env))
    return started.at(-1)!
  }
  try {
    const documents = join(root, 'documents.json')
    writeFileSync(documents, JSON.stringify(DOCUMENTS))
    return await work({
      cluster,
      start,
      startOurs: ({ appUrl }) => start('our-api-process.ts', { APP_URL: appUrl, DOCUMENTS_FILE: documents }),
    })
  } finally {
    for (const one of started) await one.stop()
    await cluster.stop('immediate')
    rmSync(root, { recursive: true, force: true })
  }
}

export interface Ring {
  readonly cluster: Cluster
  start(program: string, env: Record<string, string>): Promise<Competitor>
  /** The product's own API. */
  startOurs(region: SeededRegion): Promise<Competitor>
}

/** The figures of each lane, round after round, so that what the machine does besides meets all of them alike. */
export async function compete(
  { cluster }: Ring,
  lanes: readonly Lane[],
  rounds: number,
  say: (line: string) => void,
): Promise<(lane: Lane, key: keyof Usage | 'cpuMs') => Figure> {
  const usage = new Map<Lane, Usage[]>(lanes.map((lane) => [lane, []]))
  for (const lane of lanes) await measure(lane, cluster.dataFolder)
  for (let round = 1; round <= rounds; round++) {
    for (const lane of lanes) usage.get(lane)!.push(await measure(lane, cluster.dataFolder))
    const words = lanes.map((lane) => `${lane.name} ${Math.round(usage.get(lane)!.at(-1)!.perCpuSecond)}`)
    say(`round ${round}: ${words.join(', ')} pages per CPU second`)
  }
  return (lane, key) => figure(...usage.get(lane)!.map((one) => (key === 'cpuMs' ? one.nodeMs + one.postgresMs : one[key])))
}

/** Of each lane, round after round, the slowest of a hundred pages while every connection asks for one each `EVERY_MS`. */
export async function paced(lanes: readonly Lane[], rounds: number): Promise<Map<Lane, Figure>> {
  const found = new Map<Lane, number[]>(lanes.map((lane) => [lane, []]))
  for (let round = 1; round <= rounds; round++)
    for (const lane of lanes) {
      const { milliseconds } = await fire(lane.server.url, lane.shots, { requests: REQUESTS, connections: CONNECTIONS, everyMs: EVERY_MS })
      found.get(lane)!.push(percentile(milliseconds, 0.99))
    }
  return new Map([...found].map(([lane, values]) => [lane, figure(...values)]))
}

async function measure({ server, shots }: Lane, dataFolder: string): Promise<Usage> {
  const cpu = () => ({ node: processSeconds(server.pid) ?? Number.NaN, postgres: postgresSeconds(dataFolder) ?? Number.NaN })
  const before = cpu()
  const { seconds, milliseconds } = await fire(server.url, shots, { requests: REQUESTS, connections: CONNECTIONS })
  const after = cpu()
  const node = after.node - before.node
  const postgres = after.postgres - before.postgres
  return {
    perCpuSecond: REQUESTS / (node + postgres),
    perSecond: REQUESTS / seconds,
    nodeMs: (node * 1000) / REQUESTS,
    postgresMs: (postgres * 1000) / REQUESTS,
    p99: percentile(milliseconds, 0.99),
  }
}

/** A built web sends the names of its operations; the service has their texts. */
const DOCUMENTS = {
  page: webDocument('RegistryPage_patients'),
  signIn: 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }',
}
const named = (name: keyof typeof DOCUMENTS, variables: object): string =>
  JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: name } } })

const FROM_THE_WEB = { 'x-commons': 'web' }

export const asTheWebAsks = (cookie: string, page: object): Shot => ({
  path: '/graphql',
  headers: { ...FROM_THE_WEB, cookie },
  body: named('page', page),
})

export const plainly = (cookie: string, body: object): Shot => ({ path: '/', headers: { cookie }, body: JSON.stringify(body) })

export async function signIn(url: string, { email, password }: { email: string; password: string }): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...FROM_THE_WEB, 'content-type': 'application/json' },
    body: named('signIn', { input: { email, password } }),
  })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (!cookie) throw new Error(`${email} could not sign in: ${await response.text()}`)
  return cookie
}

/** A peer that answers less measures nothing. */
export async function expectSameAnswers(ours: Lane, theirs: Lane): Promise<void> {
  for (const index of [0, 1, ours.shots.length - 1]) {
    const [one, other] = await Promise.all(
      [ours, theirs].map(async ({ server, shots }) => JSON.parse(await answerTo(server.url, shots[index]!)) as unknown),
    )
    if (!isDeepStrictEqual(one, other))
      throw new Error(`The answers differ:\n${JSON.stringify(one).slice(0, 2000)}\n${JSON.stringify(other).slice(0, 2000)}`)
  }
}

/** The ids of a page in their order, behind the number of all. */
export async function chartsOf({ server, shots }: Lane): Promise<readonly unknown[]> {
  const page = JSON.parse(await answerTo(server.url, shots[1]!)) as {
    data: { patients: { totalCount: number; edges: { node: { id: string } }[] } }
  }
  const { totalCount, edges } = page.data.patients
  return [totalCount, ...edges.map(({ node }) => node.id)]
}
