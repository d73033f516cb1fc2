import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { type Cluster, dropDatabase, ensureDatabase, openCluster } from '../../packages/database/src/embedded/index.ts'
import type { Bench } from './bench.ts'
import { figure } from './figure.ts'
import { naiveLoader } from './naive-loader.ts'
import { postgresSeconds } from './postgres-usage.ts'
import { type Input, writeReplicas } from './replica.ts'

const GOAL = 8000
const MOST_MEMORY = 700
const RUNS = 3
const repository = resolve(import.meta.dirname, '../..')

/** From the command to projected charts, in a new database with the settings of production. */
export const importBench: Bench = async (say) => {
  const root = mkdtempSync(join(tmpdir(), 'commons-bench-'))
  chmodSync(root, 0o711) // the server does not run as root and has to pass through
  const cluster = await openCluster({ folder: join(root, 'cluster') })
  try {
    const runs: Measured[] = []
    for (let run = 1; run <= RUNS; run++) {
      const input = await writeReplicas(join(root, `input-${run}`), [run])
      runs.push(await measure(cluster, root, input))
      say(`run ${run}: ${Math.round(runs.at(-1)!.perSecond).toLocaleString('en-US')} resources/s`)
      if (run < RUNS) rmSync(input.folder, { recursive: true })
    }
    await ensureDatabase(cluster, 'naive')
    const naive = await naiveLoader(cluster.url('naive'), join(root, `input-${RUNS}`), 700)
    rmSync(join(root, `input-${RUNS}`), { recursive: true })
    say('three times the input …')
    const threefold = await measure(cluster, root, await writeReplicas(join(root, 'input-threefold'), [4, 5, 6]))
    return {
      rows: [
        { name: 'import', ours: of(runs, 'perSecond'), unit: 'resources/s', beside: { name: 'goal', figure: figure(GOAL) } },
        { name: 'naive loader, a sample', ours: figure(naive), unit: 'resources/s' },
        { name: 'import, three times the input', ours: figure(threefold.perSecond), unit: 'resources/s' },
        { name: 'CPU of the importing process', ours: of(runs, 'nodeSeconds'), unit: 's' },
        { name: 'CPU of PostgreSQL', ours: of(runs, 'postgresSeconds'), unit: 's' },
        { name: 'resources per CPU second of both', ours: of(runs, 'perCpuSecond'), unit: 'resources/s' },
        {
          name: 'peak memory of the importing process',
          ours: of(runs, 'peakMegabytes'),
          unit: 'MB',
          beside: { name: 'at most', figure: figure(MOST_MEMORY) },
        },
        {
          name: 'peak memory, three times the input',
          ours: figure(threefold.peakMegabytes),
          unit: 'MB',
          beside: { name: 'at most', figure: figure(MOST_MEMORY) },
        },
      ],
      verdict: { peer: 'goal', ours: of(runs, 'perSecond').median, theirs: GOAL, unit: 'resources/s' },
      notes: [
        `${runs[0]!.resources.toLocaleString('en-US')} resources a run, from the start of the command to its end, everything new; no figure for PostgreSQL outside Linux.`,
      ],
    }
  } finally {
    await cluster.stop('immediate')
    rmSync(root, { recursive: true, force: true })
  }
}

interface Measured {
  readonly resources: number
  readonly perSecond: number
  readonly perCpuSecond: number
  readonly nodeSeconds: number
  readonly postgresSeconds: number
  readonly peakMegabytes: number
}

const of = (runs: readonly Measured[], key: keyof Measured) => figure(...runs.map((run) => run[key]))

async function measure(cluster: Cluster, root: string, { folder, options, resources }: Input): Promise<Measured> {
  await ensureDatabase(cluster, 'bench')
  const env = { ...process.env, DATABASE_URL: cluster.url('bench'), COMMONS_DATA: join(root, 'install') }
  await commons(env, ['organizations'])
  const usageFile = join(root, 'usage.json')
  const before = postgresSeconds(cluster.dataFolder)
  const begun = performance.now()
  const preload = `--import=${join(import.meta.dirname, 'report-usage.mjs')}`
  const printed = await commons({ ...env, NODE_OPTIONS: preload, COMMONS_USAGE_FILE: usageFile }, ['import', 'fhir', folder, ...options])
  const seconds = (performance.now() - begun) / 1000
  const after = postgresSeconds(cluster.dataFolder)
  expectAllNew(printed, resources)
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage
  await dropDatabase(cluster, 'bench')
  const nodeSeconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6
  const serverSeconds = before === null || after === null ? Number.NaN : after - before
  return {
    resources,
    perSecond: resources / seconds,
    perCpuSecond: resources / (nodeSeconds + serverSeconds),
    nodeSeconds,
    postgresSeconds: serverSeconds,
    peakMegabytes: usage.maxRSS / 1024,
  }
}

/** A bench that loses a line measures nothing. */
function expectAllNew(printed: string, resources: number): void {
  const [created, lines] = /^all +([\d,]+) .* ([\d,]+)$/m
    .exec(printed)!
    .slice(1)
    .map((cell) => Number(cell.replaceAll(',', '')))
  if (created !== resources || lines !== resources) throw new Error(`${resources} resources were to be created:\n${printed}`)
}

async function commons(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<string> {
  const command = spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'services/cli/src/main.ts', ...args], {
    cwd: repository,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([text(command.stdout), text(command.stderr), once(command, 'close')])
  if (code !== 0) throw new Error(stderr)
  return stdout
}
