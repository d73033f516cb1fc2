import { parentPort } from 'node:worker_threads'
import type { LoadedMeasure } from '../engine.ts'
import { openCompiler } from '../compiler/compiler.ts'
import { openAndCompile } from '../package/package-opening.ts'
import { pack } from './packed-memberships.ts'
import type { Answers, Task, ThreadReply, ThreadRequest } from './thread-messages.ts'

let engine = openCompiler()
const loaded = new Map<string, LoadedMeasure>()

parentPort?.on('message', (request: ThreadRequest) => {
  void reply(request).then((said) => parentPort?.postMessage(said))
})

async function reply({ forget, load, measures, task }: ThreadRequest): Promise<ThreadReply> {
  try {
    if (forget) {
      loaded.clear()
      engine = openCompiler()
    }
    for (const pkg of load) loaded.set(pkg.hash, engine.load(pkg))
    return {
      ok: true,
      answer: await answer(
        measures.map((hash) => loaded.get(hash)!),
        task,
      ),
    }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

async function answer(measures: readonly LoadedMeasure[], task: ThreadRequest['task']): Promise<Answers[Task['kind']]> {
  if (task.kind === 'evaluate') return engine.evaluateAll(measures, task.charts, task.period)
  if (task.kind === 'place') {
    const results = await engine.evaluateAll(measures, task.charts, task.period)
    return pack(measures.map(({ id }) => results.get(id)!))
  }
  if (task.kind === 'open') return openAndCompile(openCompiler(), task.bytes)
  const [measure] = measures
  if (task.kind === 'values') return measure!.valuesOf(task.definitions, task.chart, task.period)
  const { groups, supplementalData, requirements } = measure!
  return { groups, supplementalData, requirements }
}
