import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Replica } from './replicated-deck.ts'

export interface LaneTask {
  readonly folder: string
  readonly labs: number
  /** How many times a part of a round has the deck. */
  readonly copies: number
  /** How many parts a round has: texts of one part are in memory at a time. */
  readonly parts: number
  readonly rounds: number
}

export interface LaneResult {
  readonly patientsPerCpuSecond: readonly number[]
  readonly patients: number
  readonly peakMegabytes: number
  /** Of the first part of the first round: of each chart and group the populations it is in, as `initial-population denominator ...`. */
  readonly answers: readonly (readonly string[])[]
  /** How many charts of all rounds had other populations than the deck expects. */
  readonly wrong: number
}

/** Runs a lane in a process of its own, so that neither warms or burdens the other. */
export async function runLane(program: string, task: LaneTask): Promise<LaneResult> {
  const child = fork(join(import.meta.dirname, program), {
    execArgv: ['--import', './scripts/typescript.mjs'],
    env: { ...process.env, TZ: 'UTC' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  // The peer tells what it does not find in its models, line after line; it is heard only when it fails.
  const complaints = text(child.stderr!)
  const ended = once(child, 'exit')
  child.send(task)
  const first = await Promise.race([
    once(child, 'message'),
    ended.then(async ([code]) => new Error(`${program} ended with ${String(code)}.\n${(await complaints).slice(-2000)}`)),
  ])
  if (first instanceof Error) throw first
  await ended
  return (first as [LaneResult])[0]
}

/** What a lane does with a part of a round: timed from text to answers. */
export type Answer = readonly string[]
type Evaluate<T> = (prepared: T) => Promise<Answer[]>

/** Measures rounds; what `prepare` makes of each part is ready before the clock runs. The first round warms up and is not counted. */
export async function measureLane<T>(
  { rounds, parts }: LaneTask,
  prepare: (part: number) => { readonly input: T; readonly expected: readonly Answer[] },
  evaluate: Evaluate<T>,
): Promise<void> {
  const rates: number[] = []
  let answers: Answer[] = []
  let patients = 0
  let wrong = 0
  for (let round = 0; round <= rounds; round++) {
    let [charts, seconds] = [0, 0]
    for (let part = 0; part < parts; part++) {
      const { input, expected } = prepare(round * parts + part)
      const before = process.cpuUsage()
      const found = await evaluate(input)
      const { user, system } = process.cpuUsage(before)
      if (round === 0) continue
      if (answers.length === 0) answers = found
      charts += found.length
      seconds += (user + system) / 1e6
      wrong += found.filter((one, index) => one.join() !== expected[index]!.join()).length
    }
    if (round === 0) continue
    rates.push(charts / seconds)
    patients += charts
  }
  const peakMegabytes = process.resourceUsage().maxRSS / 1024
  process.send!({ patientsPerCpuSecond: rates, patients, peakMegabytes, answers, wrong } satisfies LaneResult, () => process.disconnect())
}

export const expectedOf = ({ expected }: Replica): Answer[] =>
  expected.map((groups) => groups.map((counts) => populationsIn(Object.entries(counts))))

/** Populations that somebody is in, in one word. */
export const populationsIn = (counts: Iterable<readonly [string, number]>): string =>
  [...counts]
    .filter(([, count]) => count > 0)
    .map(([code]) => code)
    .sort()
    .join(' ')
