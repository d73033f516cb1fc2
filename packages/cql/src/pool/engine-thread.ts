import { parentPort } from 'node:worker_threads'
import { openCompiler } from '../compiler/compiler.ts'
import type { LoadedMeasure } from '../engine.ts'
import type { ThreadReply, ThreadRequest } from './thread-messages.ts'

let engine = openCompiler()
const loaded = new Map<string, LoadedMeasure>()

parentPort?.on('message', (request: ThreadRequest) => {
  void answer(request).then((reply) => parentPort?.postMessage(reply))
})

async function answer({ forget, load, measures, charts, period }: ThreadRequest): Promise<ThreadReply> {
  try {
    if (forget) {
      loaded.clear()
      engine = openCompiler()
    }
    for (const pkg of load) loaded.set(pkg.hash, engine.load(pkg))
    return {
      ok: true,
      results: await engine.evaluateAll(
        measures.map((hash) => loaded.get(hash)!),
        charts,
        period,
      ),
    }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
