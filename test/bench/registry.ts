import { isDeepStrictEqual } from 'node:util'
import { Client } from 'pg'
import type { Bench } from './bench.ts'
import { type Figure, figure } from './figure.ts'
import {
  asTheWebAsks,
  chartsOf,
  compete,
  CONNECTIONS,
  EVERY_MS,
  expectSameAnswers,
  type Lane,
  paced,
  pageOf,
  plainly,
  REQUESTS,
  type Ring,
  signIn,
  withCluster,
} from './pages/contest.ts'
import { answerTo } from './pages/load.ts'
import { ASSIGNED, CHARTS_EACH, PRACTICES, seedRegion, type SeededRegion } from './pages/seed-region.ts'

const ROUNDS = 5
const GOAL_MS = 100
const CONDITION = 'diabetes'
const PAGE = pageOf({ condition: CONDITION, sort: 'RISK' })
const SEARCH = pageOf({ search: 'gar' })
/** Regions of ten thousand and of a million charts, beside a whole one. */
const CURVE = PRACTICES === 40 ? [2, PRACTICES, 200] : [PRACTICES]

/** The huddle's page: 50 people with a condition, those of the highest risk first; and a search by name, a care manager's page, and how cost grows. */
export const registryBench: Bench = (say) =>
  withCluster(async (ring) => {
    const { region, ours, careManager } = await regionOf(ring, PRACTICES, say)
    const { server } = ours
    const cookies = await Promise.all(region.clinicians.map((one) => signIn(server.url, one)))
    const byHand = await ring.start('hand-written-process.ts', { APP_URL: region.appUrl })
    const handWritten: Lane = { name: 'hand-written', server: byHand, shots: cookies.map((cookie) => plainly(cookie, PAGE)) }
    const search: Lane = { name: 'search', server, shots: cookies.map((cookie) => asTheWebAsks(cookie, SEARCH)) }
    const searchByHand: Lane = { name: 'search by hand', server: byHand, shots: cookies.map((cookie) => plainly(cookie, SEARCH)) }
    const naked: Lane = {
      name: 'naked',
      server: await ring.start('naked-pg-process.ts', { OWNER_URL: region.ownerUrl }),
      shots: region.practiceIds.map((practiceId) => plainly('', { ...PAGE, practiceId })),
    }
    await offerToPostGraphile(region)
    const graphile: Lane = {
      name: 'PostGraphile',
      server: await ring.start('postgraphile-process.ts', { APP_URL: region.appUrl, GRAPHILE_ENV: 'production' }),
      shots: cookies.map((cookie) => plainly(cookie, { query: GRAPHILE_PAGE })),
    }
    await expectSameAnswers(ours, handWritten)
    await expectSameAnswers(search, searchByHand)
    await expectSameCharts(ours, graphile)
    const of = await compete(ring, [ours, handWritten, search, searchByHand, careManager, naked, graphile], ROUNDS, say)
    const slowest = await paced([ours, handWritten], ROUNDS)
    const beside = (key: Parameters<typeof of>[1]) => ({
      ours: of(ours, key),
      beside: { name: 'hand-written', figure: of(handWritten, key) },
    })
    const sizes: { readonly practices: number; readonly page: Figure; readonly careManager: Figure }[] = [
      { practices: PRACTICES, page: of(ours, 'cpuMs'), careManager: of(careManager, 'cpuMs') },
    ]
    for (const practices of CURVE.filter((size) => size !== PRACTICES)) {
      const other = await regionOf(ring, practices, say)
      const figures = await compete(ring, [other.ours, other.careManager], 3, say)
      sizes.push({ practices, page: figures(other.ours, 'cpuMs'), careManager: figures(other.careManager, 'cpuMs') })
      await other.ours.server.stop()
    }
    sizes.sort((a, b) => a.practices - b.practices)
    const chartsIn = (practices: number) => (practices * CHARTS_EACH).toLocaleString('en-US')
    return {
      rows: [
        { name: 'page of 50 with a condition, per CPU second', ...beside('perCpuSecond'), unit: 'pages/s' },
        { name: 'CPU of the API process', ...beside('nodeMs'), unit: 'ms/page' },
        { name: 'CPU of PostgreSQL', ...beside('postgresMs'), unit: 'ms/page' },
        { name: `wall, ${CONNECTIONS} connections`, ...beside('perSecond'), unit: 'pages/s' },
        {
          name: '  p99, each as fast as it is answered',
          ours: of(ours, 'p99'),
          beside: { name: 'goal', figure: figure(GOAL_MS) },
          unit: 'ms',
        },
        { name: '  p99, hand-written', ours: of(handWritten, 'p99'), unit: 'ms' },
        {
          name: `  p99, each asks every ${EVERY_MS} ms`,
          ours: slowest.get(ours)!,
          beside: { name: 'goal', figure: figure(GOAL_MS) },
          unit: 'ms',
        },
        { name: '  p99, hand-written', ours: slowest.get(handWritten)!, unit: 'ms' },
        {
          name: 'search by name, per CPU second',
          ours: of(search, 'perCpuSecond'),
          beside: { name: 'hand-written', figure: of(searchByHand, 'perCpuSecond') },
          unit: 'pages/s',
        },
        {
          name: `care manager's page over ${ASSIGNED} practices, CPU`,
          ours: of(careManager, 'cpuMs'),
          beside: { name: 'at most, twice a single practice', figure: figure(2 * of(ours, 'cpuMs').median) },
          unit: 'ms/page',
        },
        { name: 'PostGraphile 5, same policies, no audit', ours: of(graphile, 'perCpuSecond'), unit: 'pages/s' },
        { name: 'naked pg, no walls, rows only', ours: of(naked, 'perCpuSecond'), unit: 'pages/s' },
        ...sizes.map(({ practices, page }) => ({ name: `page among ${chartsIn(practices)} charts, CPU`, ours: page, unit: 'ms/page' })),
        ...sizes.map(({ practices, careManager }) => ({
          name: `care manager's among ${chartsIn(practices)}, CPU`,
          ours: careManager,
          unit: 'ms/page',
        })),
      ],
      verdict: {
        peer: 'hand-written Node http + pg',
        ours: of(ours, 'perCpuSecond').median,
        theirs: of(handWritten, 'perCpuSecond').median,
        unit: 'pages per CPU second',
      },
      notes: [
        `${chartsIn(PRACTICES)} charts in ${PRACTICES} practices; ${REQUESTS} pages a round of a clinician of each practice in turn; CPU is the serving process and PostgreSQL together. Answers of both were compared and are equal, of the page and of the search.`,
        'PostGraphile 5 has the list as a function of the database; it reads the same charts in the same order under the same policies, and their number; it shows no conditions and notes nothing in the audit.',
        `Regions of other sizes have more or fewer practices of ${CHARTS_EACH.toLocaleString('en-US')} charts; the smallest has 2, all of them the care manager's.`,
      ],
    }
  })

async function regionOf(
  ring: Ring,
  practices: number,
  say: (line: string) => void,
): Promise<{ region: SeededRegion; ours: Lane; careManager: Lane }> {
  say(`seeding ${(practices * CHARTS_EACH).toLocaleString('en-US')} charts …`)
  const region = await seedRegion(ring.cluster, practices)
  const server = await ring.startOurs(region)
  const cookies = await Promise.all(region.clinicians.slice(0, PRACTICES).map((one) => signIn(server.url, one)))
  return {
    region,
    ours: { name: 'ours', server, shots: cookies.map((cookie) => asTheWebAsks(cookie, PAGE)) },
    careManager: { name: 'care manager', server, shots: [asTheWebAsks(await signIn(server.url, region.careManager), PAGE)] },
  }
}

/** PostGraphile filters by columns of the table itself; by a condition it needs a function, which the planner takes apart. */
async function offerToPostGraphile({ ownerUrl }: SeededRegion): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query(`
    create function registry_of(carried text) returns setof patient_summary language sql stable as $$
      select s.* from patient_summary s where not s.deceased and exists (
        select from patient_condition c where c.practice_id = s.practice_id and c.patient_id = s.patient_id and c.condition = carried)
       order by s.risk_rank desc, s.patient_id desc $$;
    grant execute on function registry_of to commons_practice`)
  await owner.end()
}

const GRAPHILE_PAGE = `{
  registryOf(carried: "${CONDITION}", first: ${PAGE.first}) { totalCount
    nodes { a1C a1COn systolic diastolic bloodPressureOn phq9 phq9On lastVisitOn careManager lastContactOn openGaps
      patientByPracticeIdAndPatientId { rowId familyName givenName birthDate gender deceasedOn recordNumber clinician } }
    pageInfo { hasNextPage endCursor } } }`

async function expectSameCharts(ours: Lane, graphile: Lane): Promise<void> {
  const text = await answerTo(graphile.server.url, graphile.shots[1]!)
  const { data } = JSON.parse(text) as {
    data?: { registryOf: { totalCount: number; nodes: { patientByPracticeIdAndPatientId: { rowId: string } }[] } }
  }
  const other = data && [data.registryOf.totalCount, ...data.registryOf.nodes.map((row) => row.patientByPracticeIdAndPatientId.rowId)]
  if (!isDeepStrictEqual(await chartsOf(ours), other)) throw new Error(`PostGraphile shows other charts: ${text.slice(0, 1000)}`)
}
