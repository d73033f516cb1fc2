// Figures change hands while people read them: whatever one answer holds comes from one run.
import { newId } from '@carecommons/kernel'
import { openTestApi, type TestApi } from '../support/api.ts'
import { PERIOD } from '../support/world.ts'

/** Added to every figure of the newer run, so that it is known wherever it stands. */
const MARK = 100_000

const READS = {
  administrator: `{ region { scores { initialPopulation } practices { scores { initialPopulation } } } }`,
  alderClinician: `{ practice { scores { initialPopulation } gapCounts { open } comparisons { own { initialPopulation } } } }`,
  pineAnalyst: `{ performance { runId rows { initialPopulation } } }`,
} as const

let api: TestApi
const newer = newId<'MetricRun'>()

beforeAll(async () => {
  api = await openTestApi()
  await api.sql(
    `insert into metric_run select (jsonb_populate_record(r, jsonb_build_object('id', $1::text, 'idempotency_key', 'newer'))).* from metric_run r`,
    [newer],
  )
  for (const table of ['score', 'payer_performance']) {
    await api.sql(
      `insert into ${table} select (jsonb_populate_record(s, jsonb_build_object('id', uuidv7(), 'run_id', $1::text, 'initial_population', initial_population + ${MARK}))).* from ${table} s`,
      [newer],
    )
  }
}, 60_000)
afterAll(() => api.close())

test.each(Object.keys(READS) as (keyof typeof READS)[])(
  'one answer to %s is of one run, however often runs take over meanwhile',
  async (who) => {
    const reader = await api.signedIn(who)
    const seen = new Set<string>()
    let answers = 0
    const reading = (async () => {
      while (answers < 150) {
        const { data, errors } = await reader.ask(READS[who])
        expect(errors).toEqual([])
        seen.add(runsIn(data))
        answers++
      }
    })()
    const { runId } = api.world
    for (let n = 0; answers < 150; n++) {
      await api.sql('update publication set run_id = $1 where period_start = $2', [n % 2 ? runId : newer, PERIOD.start])
    }
    await reading
    expect([...seen].sort()).toEqual(['newer', 'older'])
  },
  60_000,
)

/** Which runs the figures of an answer are from. Gaps are counted in the older run alone: the newer one has no memberships. */
function runsIn(answer: unknown): string {
  const runs = new Set<string>()
  const walk = (value: unknown, name: string): void => {
    if (typeof value === 'number' && name === 'initialPopulation') runs.add(value > MARK ? 'newer' : 'older')
    if (typeof value === 'number' && name === 'open') runs.add(value > 0 ? 'older' : 'newer')
    if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) walk(inner, key)
  }
  walk(answer, '')
  return [...runs].sort().join(' and ')
}
