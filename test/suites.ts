import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram } from '../scripts/verify/run-program.ts'
import type { Counts, Step } from '../scripts/verify/run-steps.ts'
import { repository } from '../scripts/verify/tool.ts'

interface JestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly numRuntimeErrorTestSuites: number
}

interface JestConfig {
  readonly projects: readonly { readonly displayName: string; readonly testMatch: readonly string[]; readonly globalSetup?: string }[]
}

/** They kill processes and wait for them to come back. */
const WAITING: ReadonlySet<string> = new Set(['jobs', 'faults'])

/** One step per project of jest.config.mjs, in its order. `prepare` gives the environment of suites that talk to PostgreSQL. */
export async function suites(patterns: readonly string[], prepare: () => Promise<NodeJS.ProcessEnv>): Promise<Step[]> {
  const file: string = './jest.config.mjs'
  const { default: config } = (await import(file)) as { default: JestConfig }
  return config.projects.map(({ displayName, testMatch, globalSetup }) => {
    const files = globSync(
      testMatch.map((glob) => glob.replace('<rootDir>/', '')),
      { cwd: repository },
    ).filter((path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)))
    return {
      name: displayName,
      kind: WAITING.has(displayName) ? 'waiting-suite' : 'suite',
      absent: files.length > 0 ? undefined : patterns.length > 0 ? 'no test matches' : 'no tests yet',
      run: async () => runJest(displayName, patterns, globalSetup ? await prepare() : {}),
    } satisfies Step
  })
}

async function runJest(project: string, patterns: readonly string[], env: NodeJS.ProcessEnv): ReturnType<Step['run']> {
  const folder = mkdtempSync(join(tmpdir(), 'jest-report-'))
  const report = join(folder, 'report.json')
  try {
    const jest = ['--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js']
    // With the limit, which none of them reaches, even one worker is a process of its own: Jest's memory grows with every file.
    const workers = ['--workerIdleMemoryLimit=1GB', `--maxWorkers=${WAITING.has(project) ? 1 : 2}`]
    const options = ['--config', 'jest.config.mjs', '--selectProjects', project, ...workers, '--json', '--outputFile', report]
    const { code, stderr } = await runProgram(process.execPath, [...jest, ...options, ...patterns], {
      cwd: join(repository, 'test'),
      env: { ...env, FORCE_COLOR: '0' },
      // Suites that wait run beside the others, and take as long as those let them.
      minutes: 40,
    })
    const counts = readCounts(report)
    const notes = new Set(
      stderr
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => /\bnot run\b/.test(line)),
    )
    return { ok: code === 0, output: stderr, counts, notes: [...notes] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A suite that could not even be loaded counts as one failed test; so does a run that ended without a report. */
function readCounts(report: string): Counts {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } = JSON.parse(
      readFileSync(report, 'utf8'),
    ) as JestReport
    return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites, skipped: numPendingTests + numTodoTests }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
