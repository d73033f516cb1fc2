import { Worker } from 'node:worker_threads'
import type { Translation } from './translation.ts'

/**
 * Translates CQL texts, which may include each other and FHIRHelpers 4.0.1, to ELM.
 *
 * Runs in a thread that ends with the translation, because the translator never lets go of memory
 * (about 1 MB a library). Bad CQL is a returned value; a rejection is a bug.
 */
export function translate(texts: readonly string[]): Promise<Translation> {
  return new Promise((resolve, reject) => {
    // Its logging library greets on standard output, which belongs to the caller.
    const thread = new Worker(new URL('./translate-thread.ts', import.meta.url), { workerData: texts, stdout: true })
    thread.once('message', (translation: Translation) => {
      resolve(translation)
      void thread.terminate()
    })
    thread.once('error', reject)
    thread.once('exit', (code) => reject(new Error(`The translation thread ended with exit code ${code} before it answered.`)))
  })
}
