import { Worker } from 'node:worker_threads'
import { compilingAt, newProgress, progressAt } from '../compiler/progress.ts'
import { placeInWords } from '../elm/compile-error.ts'
import type { UrlPrefixes } from '../fhir/canonical-urls.ts'
import { measureName } from '../package/measure-name.ts'
import {
  wholeOf,
  type Answers,
  type LoadedNews,
  type Task,
  type ThreadData,
  type ThreadReply,
  type ThreadRequest,
} from './thread-messages.ts'

export interface ThreadLimits {
  readonly memoryMb: number
  /** A task that takes longer is given up with its thread. */
  readonly seconds: number
  /** Canonical prefixes that mean the same. */
  readonly prefixes?: UrlPrefixes | undefined
}

/** A loaded measure takes a few megabytes; a thread that has seen this many starts afresh. */
const maximumPackages = 48

/** One engine thread. It starts with its first task, and again after it was lost. */
export class PoolThread {
  readonly #limits: ThreadLimits
  readonly #progress = newProgress()
  #worker: Worker | null = null
  #seen = new Set<string>()
  /** Definitions of loaded packages by the number that the thread shows of them. */
  readonly #places = new Map<string, LoadedNews['places']>()

  constructor(limits: ThreadLimits) {
    this.#limits = limits
  }

  /** One task at a time. Rejects when the thread dies of it or takes too long; the next task gets a new thread. */
  run<K extends Task['kind']>(task: Task & { readonly kind: K }): Promise<Answers[K]> {
    const worker = this.#running()
    const request = this.#request(task)
    return new Promise((resolve, reject) => {
      let reason: string | null = null
      const timer = setTimeout(() => {
        reason = `it took longer than ${this.#limits.seconds} s`
        void worker.terminate()
      }, this.#limits.seconds * 1000)
      const settle = (action: () => void): void => {
        clearTimeout(timer)
        worker.off('message', onMessage).off('error', onError).off('exit', onExit)
        action()
      }
      const onMessage = (reply: ThreadReply | LoadedNews): void => {
        if ('loaded' in reply) return void this.#places.set(reply.loaded, reply.places)
        settle(() => {
          if (reply.ok) return resolve(reply.answer as Answers[K])
          // What did not load has to be sent again.
          for (const { hash } of task.packages) this.#seen.delete(hash)
          reject(new Error(`The measures could not be evaluated: ${reply.message}`))
        })
      }
      const onError = (error: Error): void => {
        reason = error.message
      }
      const onExit = (code: number): void =>
        settle(() => {
          if (this.#worker === worker) this.#worker = null
          const why = reason ?? `exit code ${code}`
          reject(new Error(`An engine thread stopped while it ${inWords(task)}: ${why}${this.#whereabouts(task, request)}.`))
        })
      worker.on('message', onMessage).on('error', onError).on('exit', onExit)
      worker.postMessage(request)
    })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
    this.#worker = null
  }

  /** What the thread was at, as far as it showed it, and what its author can do. */
  #whereabouts(task: Task, { load }: ThreadRequest): string {
    const [measure, chart, definition] = [progressAt.measure, progressAt.chart, progressAt.definition].map((at) => this.#progress[at]!)
    const compiling = compilingAt(this.#progress)
    if (task.kind === 'open') return compiling === null ? '' : `, at ${compiling}. ${tooInvolved}`
    const pkg = (chart! < 0 && task.kind !== 'values' ? load : task.packages)[measure!]
    if (!pkg) return ''
    const name =
      pkg.bundle.entry.flatMap(({ resource }) => (resource.resourceType === 'Measure' ? [measureName(resource)] : []))[0] ?? pkg.id
    if (chart! < 0) return `, with ${name}${compiling === null ? '' : `, ${compiling}`}. ${tooInvolved}`
    const place = this.#places.get(task.kind === 'values' ? wholeOf(pkg.hash) : pkg.hash)?.[definition!]
    const where = place ? `, ${placeInWords(place)}` : ''
    return `, in ${name}${where}, with chart ${chart! + 1}. Something in it repeats without end or grows beyond measure: bound it in the CQL`
  }

  #running(): Worker {
    if (!this.#worker) {
      this.#seen = new Set()
      const resourceLimits = { maxOldGenerationSizeMb: this.#limits.memoryMb }
      const workerData = { progress: this.#progress, prefixes: this.#limits.prefixes } satisfies ThreadData
      const worker = new Worker(new URL('./engine-thread.ts', import.meta.url), { resourceLimits, workerData })
      // Dying between tasks must not end the process; the next task starts a new thread.
      worker.on('error', () => undefined)
      worker.on('exit', () => {
        if (this.#worker === worker) this.#worker = null
      })
      this.#worker = worker
    }
    return this.#worker
  }

  #request({ packages, ...task }: Task): ThreadRequest {
    const unseen = packages.filter(({ hash }) => !this.#seen.has(hash))
    this.#progress.fill(-1)
    const forget = this.#seen.size + unseen.length > maximumPackages
    if (forget) this.#seen.clear()
    const load = forget ? packages : unseen
    for (const { hash } of load) this.#seen.add(hash)
    return { forget, load, measures: packages.map(({ hash }) => hash), task }
  }
}

const tooInvolved = 'It is too large or too involved to be compiled: take it apart'

function inWords(task: Task): string {
  if (task.kind === 'evaluate' || task.kind === 'place' || task.kind === 'opening' || task.kind === 'compare')
    return `evaluated ${task.charts.length} charts`
  if (task.kind === 'open') return 'read a package'
  return task.kind === 'describe' ? 'loaded a measure' : 'explained a chart'
}
