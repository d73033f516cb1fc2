import { isDeepStrictEqual } from 'node:util'
import type { Bench } from './bench.ts'
import { figure } from './figure.ts'
import {
  asTheWebAsks,
  chartsOf,
  compete,
  CONNECTIONS,
  expectSameAnswers,
  type Lane,
  pageOf,
  plainly,
  REQUESTS,
  signIn,
  withCluster,
} from './pages/contest.ts'
import { answerTo } from './pages/load.ts'
import { ASSIGNED, CHARTS_EACH, PRACTICES, seedRegion } from './pages/seed-region.ts'

const ROUNDS = 5
const CHARTS = PRACTICES * CHARTS_EACH
const GOAL_MS = 100
const PAGE = pageOf({})

/** The registry page of 50 as the web asks it, against the same page written by hand: what the walls and the layers cost. */
export const accessBench: Bench = (say) =>
  withCluster(async (ring) => {
    say(`seeding ${CHARTS.toLocaleString('en-US')} charts …`)
    const region = await seedRegion(ring.cluster)
    const server = await ring.startOurs(region)
    const byHand = await ring.start('hand-written-process.ts', { APP_URL: region.appUrl })
    const cookies = await Promise.all(region.clinicians.map((one) => signIn(server.url, one)))
    const ours: Lane = { name: 'ours', server, shots: cookies.map((cookie) => asTheWebAsks(cookie, PAGE)) }
    const handWritten: Lane = { name: 'hand-written', server: byHand, shots: cookies.map((cookie) => plainly(cookie, PAGE)) }
    const naked: Lane = {
      name: 'naked',
      server: await ring.start('naked-pg-process.ts', { OWNER_URL: region.ownerUrl }),
      shots: region.practiceIds.map((practiceId) => plainly('', { ...PAGE, practiceId })),
    }
    const careManager: Lane = {
      name: 'care manager',
      server,
      shots: [asTheWebAsks(await signIn(server.url, region.careManager), PAGE)],
    }
    const graphile: Lane = {
      name: 'PostGraphile',
      server: await ring.start('postgraphile-process.ts', { APP_URL: region.appUrl, GRAPHILE_ENV: 'production' }),
      shots: cookies.map((cookie) => plainly(cookie, { query: GRAPHILE_PAGE })),
    }
    await expectSameAnswers(ours, handWritten)
    await expectSameCharts(ours, graphile)
    const of = await compete(ring, [ours, handWritten, naked, careManager, graphile], ROUNDS, say)
    const beside = (key: Parameters<typeof of>[1]) => ({
      ours: of(ours, key),
      beside: { name: 'hand-written', figure: of(handWritten, key) },
    })
    return {
      rows: [
        { name: 'registry page of 50, per CPU second', ...beside('perCpuSecond'), unit: 'pages/s' },
        { name: 'CPU of the API process', ...beside('nodeMs'), unit: 'ms/page' },
        { name: 'CPU of PostgreSQL', ...beside('postgresMs'), unit: 'ms/page' },
        { name: `wall, ${CONNECTIONS} connections`, ...beside('perSecond'), unit: 'pages/s' },
        { name: 'p99', ours: of(ours, 'p99'), beside: { name: 'goal', figure: figure(GOAL_MS) }, unit: 'ms' },
        { name: 'p99, hand-written', ours: of(handWritten, 'p99'), unit: 'ms' },
        {
          name: `care manager's page over ${ASSIGNED} practices, CPU`,
          ours: of(careManager, 'cpuMs'),
          beside: { name: 'at most, twice a single practice', figure: figure(2 * of(ours, 'cpuMs').median) },
          unit: 'ms/page',
        },
        { name: 'PostGraphile 5, same policies, no audit', ours: of(graphile, 'perCpuSecond'), unit: 'pages/s' },
        { name: 'naked pg, no walls, rows only', ours: of(naked, 'perCpuSecond'), unit: 'pages/s' },
      ],
      verdict: {
        peer: 'hand-written Node http + pg',
        ours: of(ours, 'perCpuSecond').median,
        theirs: of(handWritten, 'perCpuSecond').median,
        unit: 'pages per CPU second',
      },
      notes: [
        `${CHARTS.toLocaleString('en-US')} charts in ${PRACTICES} practices; ${REQUESTS} pages a round of a clinician of each practice in turn; CPU is the serving process and PostgreSQL together. Both answers were compared and are equal.`,
        'PostGraphile 5 looks the session up, takes the role and reads under the same policies the same charts in the same order, and their number; it shows no conditions and notes nothing in the audit.',
      ],
    }
  })

const GRAPHILE_PAGE = `{
  allPatientSummaries(first: ${PAGE.first}, condition: { deceased: false }, orderBy: [SORT_NAME_ASC, PATIENT_ID_ASC]) {
    nodes { a1C a1COn systolic diastolic bloodPressureOn phq9 phq9On lastVisitOn careManager lastContactOn openGaps
      patientByPracticeIdAndPatientId { rowId familyName givenName birthDate gender deceasedOn recordNumber clinician } }
    pageInfo { hasNextPage endCursor } }
  allRegistryCounts(first: 1) { nodes { living } } }`

/** The same charts in the same order, and as many in all. */
async function expectSameCharts(ours: Lane, graphile: Lane): Promise<void> {
  const theirs = JSON.parse(await answerTo(graphile.server.url, graphile.shots[1]!)) as {
    data: {
      allPatientSummaries: { nodes: { patientByPracticeIdAndPatientId: { rowId: string } }[] }
      allRegistryCounts: { nodes: { living: number }[] }
    }
  }
  const { allPatientSummaries, allRegistryCounts } = theirs.data
  const other = [allRegistryCounts.nodes[0]?.living, ...allPatientSummaries.nodes.map((row) => row.patientByPracticeIdAndPatientId.rowId)]
  if (!isDeepStrictEqual(await chartsOf(ours), other))
    throw new Error(`PostGraphile shows other charts: ${JSON.stringify(theirs).slice(0, 1000)}`)
}
