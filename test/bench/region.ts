import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from './bench.ts'
import { figure } from './figure.ts'
import { postgresSeconds } from './postgres-usage.ts'
import { peerRate } from './region/peer-sample.ts'
import { seededRegion, type SeededRegion } from './region/seeded-region.ts'

const CHARTS = Number(process.env.COMMONS_BENCH_CHARTS ?? 100_000)
const GOAL_SECONDS = (180 * CHARTS) / 100_000
const MOST_MEMORY = 1500
const SAMPLE = 60
/** A small region takes seconds; of a large one a single run says enough. */
const RUNS = CHARTS > 20_000 ? 1 : 3
/** The year that the generated charts end in. */
const YEAR = new Date().getUTCFullYear()

/** All measures of the starter set over a whole region, from the command to published scores. */
export const regionBench: Bench = async (say) => {
  const region = await seededRegion(CHARTS, say)
  try {
    await region.commons(['organizations'])
    const runs: Measured[] = []
    for (let run = 1; run <= RUNS; run++) {
      runs.push(await measure(region))
      say(`run ${run}: ${runs.at(-1)!.seconds.toFixed(1)} s`)
    }
    const last = runs.at(-1)!
    say('the peer …')
    const peer = await peerRate(region, last.runId, SAMPLE)
    const ours = of(runs, 'perCpuSecond')
    return {
      rows: [
        {
          name: 'from command to published scores',
          ours: of(runs, 'seconds'),
          unit: 's',
          beside: { name: 'goal', figure: figure(GOAL_SECONDS) },
        },
        { name: '  from request to published', ours: of(runs, 'runSeconds'), unit: 's' },
        { name: '  fetching, of all work on charts', ours: of(runs, 'fetchShare'), unit: '%' },
        { name: '  evaluating', ours: of(runs, 'evaluateShare'), unit: '%' },
        { name: '  writing', ours: of(runs, 'writeShare'), unit: '%' },
        { name: 'CPU of the worker', ours: of(runs, 'nodeSeconds'), unit: 's' },
        { name: 'CPU of PostgreSQL', ours: of(runs, 'postgresSeconds'), unit: 's' },
        { name: 'charts x measures per CPU second of both', ours, unit: '', beside: { name: 'fqm-execution', figure: figure(peer) } },
        {
          name: 'peak memory of the worker',
          ours: of(runs, 'peakMegabytes'),
          unit: 'MB',
          beside: { name: 'at most', figure: figure(MOST_MEMORY) },
        },
      ],
      verdict: { peer: 'fqm-execution', ours: ours.median, theirs: peer, unit: 'charts x measures per CPU second' },
      notes: [
        `${last.charts.toLocaleString('en-US')} charts x ${last.measures} measures; ${SAMPLE} charts by the peer, which places each where the run did.`,
        `The peer's clock runs from the charts' texts in memory; ours also reads them from the store, writes memberships with evidence, scores and publishes.`,
      ],
    }
  } finally {
    await region.close()
  }
}

interface Measured {
  readonly runId: string
  readonly charts: number
  readonly measures: number
  readonly seconds: number
  readonly runSeconds: number
  readonly fetchShare: number
  readonly evaluateShare: number
  readonly writeShare: number
  readonly nodeSeconds: number
  readonly postgresSeconds: number
  readonly perCpuSecond: number
  readonly peakMegabytes: number
}

const of = (runs: readonly Measured[], key: Exclude<keyof Measured, 'runId'>) => figure(...runs.map((run) => run[key]))

interface RunRow {
  readonly id: string
  readonly seconds: number
  readonly measures: number
  readonly charts: number
  readonly unevaluated: number
  readonly fetchMs: number
  readonly evaluateMs: number
  readonly writeMs: number
}

async function measure(region: SeededRegion): Promise<Measured> {
  await region.sql('truncate measure_membership')
  const folder = mkdtempSync(join(tmpdir(), 'commons-usage-'))
  const usageFile = join(folder, 'usage.json')
  const preload = `--import=${join(import.meta.dirname, 'report-usage.mjs')}`
  const before = postgresSeconds(region.cluster.dataFolder) ?? Number.NaN
  const begun = performance.now()
  await region.commons(['measures', 'run', '--year', String(YEAR)], { NODE_OPTIONS: preload, COMMONS_USAGE_FILE: usageFile })
  const seconds = (performance.now() - begun) / 1000
  const serverSeconds = (postgresSeconds(region.cluster.dataFolder) ?? Number.NaN) - before
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage
  rmSync(folder, { recursive: true })
  const [run] = await region.sql<RunRow>(`
    select r.id, extract(epoch from r.finished_at - r.requested_at)::float as seconds, cardinality(r.package_hashes) as measures,
           sum(c.charts)::int as charts, sum(c.unevaluated)::int as unevaluated, sum(c.fetch_ms)::int as "fetchMs",
           sum(c.evaluate_ms)::int as "evaluateMs", sum(c.write_ms)::int as "writeMs"
      from metric_run r join metric_chunk c on c.run_id = r.id where r.state = 'published' group by r.id order by r.id desc limit 1`)
  const { id, charts, measures, unevaluated, fetchMs, evaluateMs, writeMs } = run!
  if (charts !== CHARTS || unevaluated > 0)
    throw new Error(`${CHARTS} charts were to be evaluated; ${charts} were, ${unevaluated} could not be.`)
  const nodeSeconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6
  const share = (ms: number): number => (100 * ms) / (fetchMs + evaluateMs + writeMs)
  return {
    ...{ runId: id, charts, measures, seconds, runSeconds: run!.seconds, nodeSeconds, postgresSeconds: serverSeconds },
    ...{ fetchShare: share(fetchMs), evaluateShare: share(evaluateMs), writeShare: share(writeMs) },
    perCpuSecond: (charts * measures) / (nodeSeconds + serverSeconds),
    peakMegabytes: usage.maxRSS / 1024,
  }
}
