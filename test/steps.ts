import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Guard } from '../scripts/verify/guard.ts'
import { guards } from '../scripts/verify/guards.ts'
import type { Step } from '../scripts/verify/run-steps.ts'
import { repository } from '../scripts/verify/tool.ts'
import { generateWebTypes } from '../scripts/verify/web-types.ts'
import { buildWeb } from '../services/cli/src/build-web.ts'
import { plantedViolations } from './guards/planted.ts'
import { suites } from './suites.ts'
import { openTestCluster, type TestCluster } from './support/cluster.ts'

export interface Selection {
  /** Names of steps; none means all. */
  readonly only: readonly string[]
  /** Parts of paths of test files; when there are any, guards are left out. */
  readonly patterns: readonly string[]
}

export interface Work {
  readonly steps: readonly Step[]
  /** Ends what the steps shared. */
  close(): Promise<void>
}

/** Everything that must hold, cheap and quick first: guards, then the web's build, then the suites on one PostgreSQL server. */
export async function prepareSteps({ only, patterns }: Selection): Promise<Work> {
  let cluster: Promise<TestCluster> | undefined
  const prepare = async (): Promise<NodeJS.ProcessEnv> => ({ COMMONS_TEST_CLUSTER: (await (cluster ??= openTestCluster())).url })
  const tests = await suites(patterns, prepare)
  let typed: Promise<void> | undefined
  const webTypes = (): Promise<void> => (typed ??= generateWebTypes())
  const browsing = tests.some(({ name, absent }) => name === 'browser' && absent === undefined)
  return {
    steps: select(
      [...guards, plantedViolations].map((guard) => guardStep(guard, webTypes)),
      // Before any suite: tests that start the product find the web built.
      [webBuild(browsing), ...tests],
      { only, patterns },
    ),
    close: async () => (await cluster)?.close(),
  }
}

export class NothingToRun extends Error {}

function select(checks: readonly Step[], tests: readonly Step[], { only, patterns }: Selection): Step[] {
  const all = patterns.length === 0 ? [...checks, ...tests] : tests.filter(({ absent }) => absent === undefined)
  if (all.length === 0) throw new NothingToRun(`No test file matches ${patterns.join(' or ')}.`)
  // A browser walks the built web, so whoever asks for the one gets the other.
  const wanted = only.includes('browser') ? [...only, 'web-build'] : only
  const chosen = only.length === 0 ? all : all.filter(({ name }) => wanted.includes(name))
  const names = [...checks, ...tests].map(({ name }) => name)
  if (chosen.length === 0 || only.some((name) => !names.includes(name)))
    throw new NothingToRun(`The steps to choose from are: ${names.join(', ')}.`)
  return chosen
}

function guardStep(guard: Guard, webTypes: () => Promise<void>): Step {
  const absent = guard.absent?.(repository)
  return {
    name: guard.name,
    kind: 'guard',
    ...(absent === undefined ? {} : { absent }),
    run: async () => {
      await webTypes()
      const findings = await guard.run(repository)
      return { ok: findings.length === 0, output: findings.join('\n') }
    },
  }
}

function webBuild(needed: boolean): Step {
  const cwd = join(repository, 'web')
  return {
    name: 'web-build',
    kind: 'guard',
    ...(needed && existsSync(join(cwd, 'vite.config.ts')) ? {} : { absent: 'no browser tests to serve it to' }),
    run: async () => {
      await buildWeb(new AbortController().signal)
      return { ok: true, output: '' }
    },
  }
}
