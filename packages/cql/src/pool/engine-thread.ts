import { parentPort, workerData } from 'node:worker_threads'
import type { LoadedMeasure, OverTimeEngine } from '../engine.ts'
import { openCompiler } from '../compiler/compiler.ts'
import { openAndCompile } from '../package/package-opening.ts'
import { chartMoves } from './compared-charts.ts'
import { openingDays } from './opening-days.ts'
import { pack } from './packed-memberships.ts'
import { newProgress, progressAt } from '../compiler/progress.ts'
import { measureName } from '../package/measure-name.ts'
import type { MeasurePackage } from '../package/measure-package.ts'
import { packageContent } from '../package/package-content.ts'
import {
  wholeOf,
  type Answers,
  type LoadedNews,
  type Task,
  type ThreadData,
  type ThreadReply,
  type ThreadRequest,
} from './thread-messages.ts'

// Null where somebody only reads this file.
const { progress, prefixes } = (workerData as ThreadData | null) ?? { progress: newProgress(), prefixes: undefined }
const open = (): OverTimeEngine => openCompiler({ prefixes, progress })
let engine = open()
const loaded = new Map<string, LoadedMeasure>()

parentPort?.on('message', (request: ThreadRequest) => {
  void reply(request).then((said) => parentPort?.postMessage(said))
})

async function reply({ forget, load, measures, task }: ThreadRequest): Promise<ThreadReply> {
  try {
    if (forget) {
      loaded.clear()
      engine = open()
    }
    progress.fill(-1)
    for (const [index, pkg] of load.entries()) {
      progress[progressAt.measure] = index
      loaded.set(pkg.hash, loadedFrom(pkg))
    }
    progress.fill(-1)
    return {
      ok: true,
      answer: await answer(measures, task),
    }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

function loadedFrom(pkg: MeasurePackage): LoadedMeasure {
  try {
    const measure = engine.load(pkg)
    parentPort?.postMessage({ loaded: pkg.hash, places: measure.places ?? [] } satisfies LoadedNews)
    return measure
  } catch (error) {
    const name = packageContent(pkg.bundle).measures.map(measureName)[0] ?? pkg.id
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

async function answer(hashes: readonly string[], task: ThreadRequest['task']): Promise<Answers[Task['kind']]> {
  const measures = hashes.map((hash) => loaded.get(hash)!)
  if (task.kind === 'evaluate') return engine.evaluateAll(measures, task.charts, task.period, task.wanted)
  if (task.kind === 'place') {
    const results = await engine.evaluateAll(measures, task.charts, task.period)
    return pack(measures.map(({ id }) => results.get(id)!))
  }
  if (task.kind === 'opening') return openingDays(engine, measures, task.charts, task.gaps)
  if (task.kind === 'open') return openAndCompile(open(), task.bytes)
  if (task.kind === 'compare') {
    const [before, after] = [measures[0]!, measures[1]!]
    const results = [await before.evaluate(task.charts, task.period), await after.evaluate(task.charts, task.period)] as const
    return chartMoves([before, after], results)
  }
  const [measure] = measures
  if (task.kind === 'values') {
    progress[progressAt.measure] = 0
    parentPort?.postMessage({ loaded: wholeOf(hashes[0]!), places: measure!.allPlaces?.() ?? [] } satisfies LoadedNews)
    return measure!.valuesOf(task.definitions, task.chart, task.period)
  }
  const { groups, supplementalData, requirements } = measure!
  return { groups, supplementalData, requirements }
}
