import { parentPort, workerData } from 'node:worker_threads'
import { libraryHeader, type Translation } from './translation.ts'
import { openTranslator } from './translator.ts'

const translate = openTranslator(workerData as string[])

/** Asked for a check only, the ELM stays here: it is large, and nobody reads it while somebody types. */
parentPort?.on('message', ({ text, check }: { readonly text: string; readonly check: boolean }) => {
  const translation = translated(text)
  parentPort?.postMessage(translation.ok && check ? { ok: true, libraries: [] } : translation)
})

/** A text that is just being typed can be so broken that the translator throws instead of saying what is wrong. */
function translated(text: string): Translation {
  try {
    return translate(text)
  } catch (error) {
    if (error instanceof RangeError) throw error
    const message = 'This cannot be read as CQL: something is missing, or stands where it does not belong.'
    return { ok: false, problems: [{ library: libraryHeader(text).name, line: 1, column: 1, message }] }
  }
}
