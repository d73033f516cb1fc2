import { Worker } from 'node:worker_threads'
import type { Chart, MeasurementPeriod, MembershipResult } from '../engine.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import type { ThreadReply, ThreadRequest } from './thread-messages.ts'

export interface Batch {
  readonly packages: readonly MeasurePackage[]
  readonly charts: readonly Chart[]
  readonly period: MeasurementPeriod
}

/** A loaded measure takes a few megabytes; a thread that has seen this many starts afresh. */
const maximumPackages = 48

/** One engine thread. It starts with its first batch, and again after it was lost. */
export class PoolThread {
  readonly #memoryMb: number
  #worker: Worker | null = null
  #seen = new Set<string>()

  constructor(memoryMb: number) {
    this.#memoryMb = memoryMb
  }

  /** One batch at a time. Rejects when the thread dies of it; the next batch gets a new thread. */
  run(batch: Batch): Promise<Map<string, MembershipResult[]>> {
    const worker = this.#running()
    return new Promise((resolve, reject) => {
      let reason: string | null = null
      const settle = (action: () => void): void => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        action()
      }
      const onMessage = (reply: ThreadReply): void =>
        settle(() => (reply.ok ? resolve(reply.results) : reject(new Error(`The measures could not be evaluated: ${reply.message}`))))
      const onError = (error: Error): void => {
        reason = error.message
      }
      const onExit = (code: number): void =>
        settle(() => {
          this.#worker = null
          reject(new Error(`An engine thread stopped while it evaluated ${batch.charts.length} charts: ${reason ?? `exit code ${code}`}.`))
        })
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      worker.postMessage(this.#request(batch))
    })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
    this.#worker = null
  }

  #running(): Worker {
    if (!this.#worker) {
      this.#seen = new Set()
      const resourceLimits = { maxOldGenerationSizeMb: this.#memoryMb }
      const worker = new Worker(new URL('./engine-thread.ts', import.meta.url), { resourceLimits })
      // Dying between batches must not end the process; the next batch starts a new thread.
      worker.on('error', () => undefined)
      worker.on('exit', () => {
        if (this.#worker === worker) this.#worker = null
      })
      this.#worker = worker
    }
    return this.#worker
  }

  #request({ packages, charts, period }: Batch): ThreadRequest {
    const unseen = packages.filter(({ hash }) => !this.#seen.has(hash))
    const forget = this.#seen.size + unseen.length > maximumPackages
    if (forget) this.#seen.clear()
    const load = forget ? packages : unseen
    for (const { hash } of load) this.#seen.add(hash)
    return { forget, load, measures: packages.map(({ hash }) => hash), charts, period }
  }
}
