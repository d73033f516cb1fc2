import { cpus } from 'node:os'
import { isStopping } from './run-program.ts'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

interface Verdict {
  readonly ok: boolean
  /** Shown when the step failed. */
  readonly output: string
  /** Worth saying even when all is well. */
  readonly notes?: readonly string[]
  readonly counts?: Counts
}

export interface Step {
  readonly name: string
  /** Guards come first, two at a time; then suites, one after the other on both cores; beside these the suites that mostly wait. */
  readonly kind: 'guard' | 'suite' | 'waiting-suite'
  /** Why there is nothing to do yet. */
  readonly absent?: string
  run(): Promise<Verdict>
}

export interface Summary extends Counts {
  readonly failedSteps: readonly string[]
  /** Steps that had nothing to do. */
  readonly absentSteps: readonly string[]
}

/** Runs the steps, each lane in its order, one line each; what a step said is shown only when it failed. */
export async function runSteps(steps: readonly Step[], { keepGoing }: { keepGoing: boolean }): Promise<Summary> {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  const failedSteps: string[] = []
  const mayStart = (): boolean => !isStopping() && (keepGoing || failedSteps.length === 0)

  async function take(queue: Step[]): Promise<void> {
    for (let step = queue.shift(); step && mayStart(); step = queue.shift()) {
      const verdict = await runStep(step)
      if (!verdict.ok) failedSteps.push(step.name)
      counts.passed += verdict.counts?.passed ?? 0
      // A failed step without a failed test (a guard, a crash) counts as one: a red run never says `0 failed`.
      counts.failed += verdict.ok ? 0 : Math.max(verdict.counts?.failed ?? 0, 1)
      counts.skipped += verdict.counts?.skipped ?? 0
    }
  }

  const of = (wanted: Step['kind']): Step[] => steps.filter(({ kind }) => kind === wanted)
  const guards = of('guard')
  await Promise.all([take(guards), take(guards)])
  await Promise.all([take(of('suite')), take(of('waiting-suite'))])
  return { ...counts, failedSteps, absentSteps: steps.filter(({ absent }) => absent !== undefined).map(({ name }) => name) }
}

async function runStep(step: Step): Promise<Verdict> {
  if (step.absent !== undefined) {
    console.log(line('·', step.name, '', step.absent))
    return { ok: true, output: '' }
  }
  const start = performance.now()
  const idle = idleMilliseconds()
  const verdict = await step.run().catch((error: unknown): Verdict => ({ ok: false, output: String(error) }))
  if (isStopping()) return { ...verdict, ok: false }
  const elapsed = performance.now() - start
  const busy = `${Math.round(100 * (1 - (idleMilliseconds() - idle) / elapsed / cpus().length))}% busy`
  const words = verdict.counts ? `${inWords(verdict.counts)}; ${busy}` : busy
  console.log(line(verdict.ok ? '✓' : '✗', step.name, `${(elapsed / 1000).toFixed(1)} s`, words))
  for (const note of verdict.notes ?? []) console.log(`    ${note}`)
  if (!verdict.ok) console.log(verdict.output.trimEnd().replaceAll(/^/gm, '    '))
  return verdict
}

/** Of all cores, since the machine started: tells a step that works from one that waits. */
const idleMilliseconds = (): number => cpus().reduce((sum, { times }) => sum + times.idle, 0)

function line(mark: string, name: string, time: string, words: string): string {
  return `${mark} ${name.padEnd(20)} ${time.padStart(8)}  ${words}`.trimEnd()
}

/** `12 passed, 0 failed`, with `, 3 skipped` when there are any. */
export function inWords({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
