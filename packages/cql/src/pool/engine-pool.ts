import type { Chart, DefinitionValue, MeasurementPeriod, MembershipResult, Wanted } from '../engine.ts'
import type { UrlPrefixes } from '../fhir/canonical-urls.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import type { PackageOpening } from '../package/package-opening.ts'
import type { ChartMove } from './compared-charts.ts'
import type { ClosedGaps, OpeningDay } from './opening-days.ts'
import { joined, type PackedMemberships } from './packed-memberships.ts'
import { PoolThread } from './pool-thread.ts'
import type { Answers, MeasureDescription, Task } from './thread-messages.ts'

export interface EnginePool {
  /**
   * Evaluates all packages in one pass over each chart; results by measure id, in the order of the charts.
   * Rejects when a package cannot be loaded or a thread dies of a batch; the pool stays usable.
   */
  evaluate(
    packages: readonly MeasurePackage[],
    charts: readonly Chart[],
    period: MeasurementPeriod,
    wanted?: Wanted,
  ): Promise<Map<string, MembershipResult[]>>
  /** The same, and of it what is stored for everybody. */
  memberships(packages: readonly MeasurePackage[], charts: readonly Chart[], period: MeasurementPeriod): Promise<PackedMemberships>
  /** When what is closed opens again; see `openingDays`. */
  openingDays(packages: readonly MeasurePackage[], charts: readonly Chart[], gaps: ClosedGaps): Promise<OpeningDay[]>
  /** Charts that stand elsewhere under the second package than under the first. */
  compare(before: MeasurePackage, after: MeasurePackage, charts: readonly Chart[], period: MeasurementPeriod): Promise<ChartMove[]>
  /** What a measure asks for. Rejects when the package cannot be loaded, in words. */
  describe(pkg: MeasurePackage): Promise<MeasureDescription>
  /**
   * Reads a file that may be a package and compiles it, away from the caller's thread. Rejects when it takes more memory or time than a
   * thread has, in words.
   */
  open(bytes: Uint8Array): Promise<PackageOpening>
  /** Values of definitions of a measure's own library for one chart. */
  valuesOf(pkg: MeasurePackage, definitions: readonly string[], chart: Chart, period: MeasurementPeriod): Promise<DefinitionValue[]>
  /** Ends the threads; what still runs is rejected. */
  close(): Promise<void>
}

export interface EnginePoolOptions {
  /** How many threads; on a core of its own one evaluates thousands of charts a second. */
  readonly threads: number
  /** Heap of a thread in megabytes; a thread that needs more is lost with its batch. */
  readonly memoryMb?: number
  /** How long a batch may take before it is given up; a good one takes well under a second. */
  readonly seconds?: number
  /** Canonical prefixes that mean the same; one table for every package. */
  readonly prefixes?: UrlPrefixes | undefined
}

const chartsPerBatch = 32

interface Waiting {
  readonly task: Task
  readonly call: { failed: boolean }
  readonly resolve: (answer: Answers[Task['kind']]) => void
  readonly reject: (error: unknown) => void
}

export function openEnginePool({ threads, memoryMb = 512, seconds = 300, prefixes }: EnginePoolOptions): EnginePool {
  const idle = Array.from({ length: threads }, () => new PoolThread({ memoryMb, seconds, prefixes }))
  const all = [...idle]
  const waiting: Waiting[] = []
  let closed = false

  const next = (): void => {
    const first = waiting.shift()
    if (!first) return
    if (first.call.failed) return next()
    const thread = idle.pop()
    if (!thread) return void waiting.unshift(first)
    void thread
      .run(first.task)
      .then(first.resolve, (error: unknown) => {
        first.call.failed = true
        first.reject(error)
      })
      .finally(() => {
        idle.push(thread)
        next()
      })
    next()
  }
  const carryOut = async <K extends Task['kind']>(tasks: readonly (Task & { readonly kind: K })[]): Promise<Answers[K][]> => {
    if (closed) throw new Error('The engine pool is closed.')
    const call = { failed: false }
    const answers = tasks.map((task) => new Promise((resolve, reject) => waiting.push({ task, call, resolve, reject })))
    next()
    return (await Promise.all(answers)) as Answers[K][]
  }

  return {
    async evaluate(packages, charts, period, wanted = {}) {
      const tasks = splitCharts(charts).map((part) => ({ kind: 'evaluate', packages, charts: part, period, wanted }) as const)
      return merge(packages, await carryOut(tasks))
    },
    async memberships(packages, charts, period) {
      const tasks = splitCharts(charts).map((part) => ({ kind: 'place', packages, charts: part, period }) as const)
      return joined(await carryOut(tasks), chartsPerBatch)
    },
    async openingDays(packages, charts, gaps) {
      const tasks = splitCharts(charts).map((part, index) => {
        const from = index * chartsPerBatch
        const closed = gaps.closed.slice(from, from + part.length)
        return { kind: 'opening', packages, charts: part, gaps: { ...gaps, closed } } as const
      })
      const parts = await carryOut(tasks)
      return parts.flatMap((days, part) => days.map((day) => ({ ...day, chart: day.chart + part * chartsPerBatch })))
    },
    async compare(before, after, charts, period) {
      const tasks = splitCharts(charts).map((part) => ({ kind: 'compare', packages: [before, after], charts: part, period }) as const)
      const parts = await carryOut(tasks)
      return parts.flatMap((moves, part) => moves.map((move) => ({ ...move, chart: move.chart + part * chartsPerBatch })))
    },
    async describe(pkg) {
      return (await carryOut([{ kind: 'describe', packages: [pkg] }]))[0]!
    },
    async open(bytes) {
      return (await carryOut([{ kind: 'open', packages: [] as const, bytes }]))[0]!
    },
    async valuesOf(pkg, definitions, chart, period) {
      return (await carryOut([{ kind: 'values', packages: [pkg], definitions, chart, period }]))[0]!
    },
    async close() {
      closed = true
      for (const { reject } of waiting.splice(0)) reject(new Error('The engine pool was closed.'))
      await Promise.all(all.map((thread) => thread.close()))
    },
  }
}

function splitCharts(charts: readonly Chart[]): (readonly Chart[])[] {
  const parts: (readonly Chart[])[] = []
  for (let from = 0; from < charts.length; from += chartsPerBatch) parts.push(charts.slice(from, from + chartsPerBatch))
  return parts
}

function merge(packages: readonly MeasurePackage[], parts: readonly Map<string, MembershipResult[]>[]): Map<string, MembershipResult[]> {
  return new Map(packages.map(({ id }) => [id, parts.flatMap((part) => part.get(id) ?? [])]))
}
