import type { Chart, MeasurementPeriod, MembershipResult } from '../engine.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import { PoolThread, type Batch } from './pool-thread.ts'

export interface EnginePool {
  /**
   * Evaluates all packages in one pass over each chart; results by measure id, in the order of the charts.
   * Rejects when a package cannot be loaded or a thread dies of a batch; the pool stays usable.
   */
  evaluate(
    packages: readonly MeasurePackage[],
    charts: readonly Chart[],
    period: MeasurementPeriod,
  ): Promise<Map<string, MembershipResult[]>>
  /** Ends the threads; what still runs is rejected. */
  close(): Promise<void>
}

export interface EnginePoolOptions {
  /** How many threads; on a core of its own one evaluates thousands of charts a second. */
  readonly threads: number
  /** Heap of a thread in megabytes; a thread that needs more is lost with its batch. */
  readonly memoryMb?: number
}

const chartsPerBatch = 32

interface Task {
  readonly batch: Batch
  readonly call: { failed: boolean }
  readonly resolve: (results: Map<string, MembershipResult[]>) => void
  readonly reject: (error: unknown) => void
}

export function openEnginePool({ threads, memoryMb = 512 }: EnginePoolOptions): EnginePool {
  const idle = Array.from({ length: threads }, () => new PoolThread(memoryMb))
  const all = [...idle]
  const waiting: Task[] = []
  let closed = false

  const next = (): void => {
    const task = waiting.shift()
    if (!task) return
    if (task.call.failed) return next()
    const thread = idle.pop()
    if (!thread) return void waiting.unshift(task)
    void thread
      .run(task.batch)
      .then(task.resolve, (error: unknown) => {
        task.call.failed = true
        task.reject(error)
      })
      .finally(() => {
        idle.push(thread)
        next()
      })
    next()
  }

  return {
    async evaluate(packages, charts, period) {
      if (closed) throw new Error('The engine pool is closed.')
      const call = { failed: false }
      const batches = splitCharts(charts).map((part) => ({ packages, charts: part, period }))
      const results = batches.map(
        (batch) => new Promise<Map<string, MembershipResult[]>>((resolve, reject) => waiting.push({ batch, call, resolve, reject })),
      )
      next()
      return merge(packages, await Promise.all(results))
    },
    async close() {
      closed = true
      for (const task of waiting.splice(0)) task.reject(new Error('The engine pool was closed.'))
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
