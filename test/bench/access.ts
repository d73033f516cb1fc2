import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { openCluster } from '../../packages/database/src/embedded/index.ts'
import { type Competitor, startCompetitor } from './access/competitor.ts'
import { answerTo, fire, percentile, type Shot } from './access/load.ts'
import { ASSIGNED, CHARTS, PRACTICES, seedRegion } from './access/seed-region.ts'
import { webDocument } from './access/web-document.ts'
import type { Bench } from './bench.ts'
import { figure } from './figure.ts'
import { postgresSeconds, processSeconds } from './postgres-usage.ts'

const ROUNDS = 5
const REQUESTS = 400
const CONNECTIONS = 20
const GOAL_MS = 100

/** The registry page of 50 as the web asks it, against the same page written by hand: what the walls and the layers cost. */
export const accessBench: Bench = async (say) => {
  const root = mkdtempSync(join(tmpdir(), 'commons-bench-'))
  chmodSync(root, 0o711) // the server does not run as root and has to pass through
  const cluster = await openCluster({ folder: join(root, 'cluster') })
  const started: Competitor[] = []
  const start = async (program: string, env: Record<string, string>) => {
    started.push(await startCompetitor(program, env))
    return started.at(-1)!
  }
  try {
    say(`seeding ${CHARTS.toLocaleString('en-US')} charts …`)
    const region = await seedRegion(cluster)
    const documents = join(root, 'documents.json')
    writeFileSync(documents, JSON.stringify(DOCUMENTS))
    const ours = await start('our-api-process.ts', { APP_URL: region.appUrl, DOCUMENTS_FILE: documents })
    const byHand = await start('hand-written-process.ts', { APP_URL: region.appUrl })
    const graphile = await start('postgraphile-process.ts', { APP_URL: region.appUrl, GRAPHILE_ENV: 'production' })
    const naked = await start('naked-pg-process.ts', { OWNER_URL: region.ownerUrl })
    const cookies = await Promise.all(region.clinicians.map((one) => signIn(ours.url, one)))
    const lanes: Lane[] = [
      { name: 'ours', server: ours, shots: cookies.map(asTheWebAsks) },
      {
        name: 'hand-written',
        server: byHand,
        shots: cookies.map((cookie) => ({ path: '/', headers: { cookie }, body: JSON.stringify(PAGE) })),
      },
      {
        name: 'naked',
        server: naked,
        shots: region.practiceIds.map((practiceId) => ({ path: '/', headers: {}, body: JSON.stringify({ ...PAGE, practiceId }) })),
      },
    ]
    const careManager: Lane = { name: 'care manager', server: ours, shots: [asTheWebAsks(await signIn(ours.url, region.careManager))] }
    lanes.push(careManager, {
      name: 'PostGraphile',
      server: graphile,
      shots: cookies.map((cookie) => ({ path: '/', headers: { cookie }, body: JSON.stringify({ query: GRAPHILE_PAGE }) })),
    })
    await expectSameAnswers(lanes[0]!, lanes[1]!)
    await expectSameCharts(lanes[0]!, lanes[4]!)
    const usage = new Map<Lane, Usage[]>(lanes.map((lane) => [lane, []]))
    for (const lane of lanes) await measure(lane, cluster.dataFolder)
    for (let round = 1; round <= ROUNDS; round++) {
      for (const lane of lanes) usage.get(lane)!.push(await measure(lane, cluster.dataFolder))
      say(
        `round ${round}: ${lanes.map((lane) => `${lane.name} ${Math.round(usage.get(lane)!.at(-1)!.perCpuSecond)}`).join(', ')} pages per CPU second`,
      )
    }
    const of = (lane: number, key: keyof Usage) => figure(...usage.get(lanes[lane]!)!.map((one) => one[key]))
    const cpuMs = (lane: number) => figure(...usage.get(lanes[lane]!)!.map(({ nodeMs, postgresMs }) => nodeMs + postgresMs))
    const beside = (key: keyof Usage) => ({ ours: of(0, key), beside: { name: 'hand-written', figure: of(1, key) } })
    return {
      rows: [
        { name: 'registry page of 50, per CPU second', ...beside('perCpuSecond'), unit: 'pages/s' },
        { name: 'CPU of the API process', ...beside('nodeMs'), unit: 'ms/page' },
        { name: 'CPU of PostgreSQL', ...beside('postgresMs'), unit: 'ms/page' },
        { name: `wall, ${CONNECTIONS} connections`, ...beside('perSecond'), unit: 'pages/s' },
        { name: 'p99', ours: of(0, 'p99'), beside: { name: 'goal', figure: figure(GOAL_MS) }, unit: 'ms' },
        { name: 'p99, hand-written', ours: of(1, 'p99'), unit: 'ms' },
        {
          name: `care manager's page over ${ASSIGNED} practices, CPU`,
          ours: cpuMs(3),
          beside: { name: 'at most, twice a single practice', figure: figure(2 * cpuMs(0).median) },
          unit: 'ms/page',
        },
        { name: 'PostGraphile 5, same policies, no audit', ours: of(4, 'perCpuSecond'), unit: 'pages/s' },
        { name: 'naked pg, no walls, rows only', ours: of(2, 'perCpuSecond'), unit: 'pages/s' },
      ],
      verdict: {
        peer: 'hand-written Node http + pg',
        ours: of(0, 'perCpuSecond').median,
        theirs: of(1, 'perCpuSecond').median,
        unit: 'pages per CPU second',
      },
      notes: [
        `${CHARTS.toLocaleString('en-US')} charts in ${PRACTICES} practices; ${REQUESTS} pages a round of a clinician of each practice in turn; CPU is the serving process and PostgreSQL together. Both answers were compared and are equal.`,
        'PostGraphile 5 looks the session up, takes the role and reads under the same policies the same charts in the same order, and their number; it shows no conditions and notes nothing in the audit.',
      ],
    }
  } finally {
    for (const one of started) await one.stop()
    await cluster.stop('immediate')
    rmSync(root, { recursive: true, force: true })
  }
}

interface Lane {
  readonly name: string
  readonly server: Competitor
  readonly shots: readonly Shot[]
}

interface Usage {
  readonly perCpuSecond: number
  readonly perSecond: number
  readonly nodeMs: number
  readonly postgresMs: number
  readonly p99: number
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

/** A clinician's page: clinical columns, record numbers and telephones, as the web asks for those whose role reads them. */
const PAGE = {
  first: 50,
  after: null,
  search: null,
  condition: null,
  openGap: null,
  sort: 'NAME',
  clinical: true,
  identifiers: true,
  coming: false,
}
/** A built web sends the names of its operations; the service has their texts. */
const DOCUMENTS = {
  page: webDocument('RegistryPage_patients'),
  signIn: 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }',
}
const named = (name: keyof typeof DOCUMENTS, variables: object): string =>
  JSON.stringify({ variables, extensions: { persistedQuery: { version: 1, sha256Hash: name } } })

const FROM_THE_WEB = { 'x-commons': 'web' }

const asTheWebAsks = (cookie: string): Shot => ({
  path: '/graphql',
  headers: { ...FROM_THE_WEB, cookie },
  body: named('page', PAGE),
})

async function signIn(url: string, { email, password }: { email: string; password: string }): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { ...FROM_THE_WEB, 'content-type': 'application/json' },
    body: named('signIn', { input: { email, password } }),
  })
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0]
  if (!cookie) throw new Error(`${email} could not sign in: ${await response.text()}`)
  return cookie
}

const GRAPHILE_PAGE = `{
  allPatientSummaries(first: ${PAGE.first}, condition: { deceased: false }, orderBy: [SORT_NAME_ASC, PATIENT_ID_ASC]) {
    nodes { a1C a1COn systolic diastolic bloodPressureOn phq9 phq9On lastVisitOn careManager lastContactOn openGaps
      patientByPracticeIdAndPatientId { rowId familyName givenName birthDate gender deceasedOn recordNumber clinician } }
    pageInfo { hasNextPage endCursor } }
  allRegistryCounts(first: 1) { nodes { living } } }`

/** The same charts in the same order, and as many in all. */
async function expectSameCharts(ours: Lane, graphile: Lane): Promise<void> {
  const page = JSON.parse(await answerTo(ours.server.url, ours.shots[1]!)) as {
    data: { patients: { totalCount: number; edges: { node: { id: string } }[] } }
  }
  const theirs = JSON.parse(await answerTo(graphile.server.url, graphile.shots[1]!)) as {
    data: {
      allPatientSummaries: { nodes: { patientByPracticeIdAndPatientId: { rowId: string } }[] }
      allRegistryCounts: { nodes: { living: number }[] }
    }
  }
  const { patients } = page.data
  const one = [patients.totalCount, ...patients.edges.map(({ node }) => node.id)]
  const { allPatientSummaries, allRegistryCounts } = theirs.data
  const other = [allRegistryCounts.nodes[0]?.living, ...allPatientSummaries.nodes.map((row) => row.patientByPracticeIdAndPatientId.rowId)]
  if (!isDeepStrictEqual(one, other)) throw new Error(`PostGraphile shows other charts: ${JSON.stringify(theirs).slice(0, 1000)}`)
}

/** A peer that answers less measures nothing. */
async function expectSameAnswers(ours: Lane, theirs: Lane): Promise<void> {
  for (const index of [0, 1, PRACTICES - 1]) {
    const [one, other] = await Promise.all(
      [ours, theirs].map(async ({ server, shots }) => JSON.parse(await answerTo(server.url, shots[index]!)) as unknown),
    )
    if (!isDeepStrictEqual(one, other))
      throw new Error(`The answers differ:\n${JSON.stringify(one).slice(0, 2000)}\n${JSON.stringify(other).slice(0, 2000)}`)
  }
}
