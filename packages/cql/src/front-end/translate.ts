import { Worker } from 'node:worker_threads'
import { circleInWords, includeCircle } from './include-circle.ts'
import { tooDeep } from './nesting.ts'
import { libraryHeader, type Translation } from './translation.ts'

/** Published measures, with all they include, take a few seconds and a few hundred megabytes. */
const limits = { seconds: 120, memoryMb: 1024 }

/**
 * Translates CQL texts, which may include each other and FHIRHelpers 4.0.1, to ELM.
 *
 * Runs in a thread that ends with the translation, because the translator never lets go of memory
 * (about 1 MB a library). Bad CQL, and what takes too much time or memory, is a returned value; a rejection is a bug.
 */
export function translate(texts: readonly string[], { seconds, memoryMb } = limits): Promise<Translation> {
  const circle = includeCircle(texts)
  if (circle) return Promise.resolve(problemOf(circle[0]!, circleInWords(circle)))
  const deep = texts.flatMap((text) => tooDeep(text) ?? [])
  if (deep.length > 0) return Promise.resolve({ ok: false, problems: deep })
  return new Promise((resolve, reject) => {
    // Its logging library greets on standard output, which belongs to the caller.
    const thread = new Worker(new URL('./translate-thread.ts', import.meta.url), {
      workerData: texts,
      stdout: true,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    })
    const end = (translation: Translation): void => {
      clearTimeout(limit)
      resolve(translation)
      void thread.terminate()
    }
    const limit = setTimeout(() => end(refused(texts, `took longer than ${seconds} seconds`)), seconds * 1000)
    thread.once('message', end)
    thread.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(limit)
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(refused(texts, `needed more than ${memoryMb} MB of memory`))
      else if (error instanceof RangeError) resolve(refused(texts, 'went deeper than an expression may be nested'))
      else reject(error)
    })
    thread.once('exit', (code) => {
      clearTimeout(limit)
      reject(new Error(`The translation thread ended with exit code ${code} before it answered.`))
    })
  })
}

/** The translator does not say where it was; the longest text is where to look first. */
function refused(texts: readonly string[], why: string): Translation {
  const [longest = ''] = texts.toSorted((a, b) => b.length - a.length)
  return problemOf(
    libraryHeader(longest).name,
    `Its translation, together with what it includes, ${why}. Simplify its longest expressions or split them into definitions.`,
  )
}

const problemOf = (library: string, message: string): Translation => ({ ok: false, problems: [{ library, line: 0, column: 0, message }] })
