import { Worker } from 'node:worker_threads'
import { tooDeep } from './nesting.ts'
import { libraryHeader, type Translation } from './translation.ts'

/** Translates one library after another beside libraries that stay the same, in a thread that is warm and ends now and then. */
export interface DraftTranslator {
  /** `check`: only whether it translates; the answer carries no ELM. */
  translate(text: string, options?: { readonly check?: boolean }): Promise<Translation>
  close(): Promise<void>
}

/** The translator keeps 0.4 to 1.3 MB of each translation for ever: after so many the thread makes room for a new one. */
const MOST_TRANSLATIONS = 100
/** A thread that nobody used for so long ends; the next one takes a few seconds to warm up. */
const IDLE_MS = 120_000
const LIMITS = { seconds: 60, memoryMb: 1024 }

export function openDraftTranslator(others: readonly string[], limits = LIMITS): DraftTranslator {
  let worker: Worker | null = null
  let translated = 0
  let idle: NodeJS.Timeout | undefined
  let last: Promise<unknown> = Promise.resolve()

  const end = async (): Promise<void> => {
    clearTimeout(idle)
    const left = worker
    worker = null
    await left?.terminate()
  }
  const warm = (): Worker => {
    if (worker) return worker
    translated = 0
    // Its logging library greets on standard output, which belongs to the caller.
    worker = new Worker(new URL('./draft-thread.ts', import.meta.url), {
      workerData: others,
      stdout: true,
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb },
    })
    worker.unref()
    // Dying between texts must not end the process.
    worker.on('error', () => undefined)
    return worker
  }
  const one = async (text: string, check: boolean): Promise<Translation> => {
    clearTimeout(idle)
    const answer = await ask(warm(), text, check, limits).catch(async (error: unknown) => {
      await end()
      throw error
    })
    if (typeof answer === 'string' || ++translated >= MOST_TRANSLATIONS) await end()
    idle = setTimeout(() => void end(), IDLE_MS).unref()
    return typeof answer === 'string' ? refused(text, answer) : answer
  }
  return {
    translate(text, { check = false } = {}) {
      const deep = tooDeep(text)
      if (deep) return Promise.resolve({ ok: false, problems: [deep] })
      const mine = last.then(() => one(text, check))
      last = mine.catch(() => undefined) // told to whoever asked
      return mine
    },
    close: () => last.then(end),
  }
}

/** The translation, or why the thread gave up. */
const ask = (worker: Worker, text: string, check: boolean, { seconds, memoryMb }: typeof LIMITS): Promise<Translation | string> =>
  new Promise((resolve, reject) => {
    const settle = (action: () => void): void => {
      clearTimeout(limit)
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      action()
    }
    const limit = setTimeout(() => settle(() => resolve(`took longer than ${seconds} seconds`)), seconds * 1000)
    const onMessage = (translation: Translation): void => settle(() => resolve(translation))
    const onError = (error: NodeJS.ErrnoException): void =>
      settle(() => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(`needed more than ${memoryMb} MB of memory`)
        else if (error instanceof RangeError) resolve('went deeper than an expression may be nested')
        else reject(error)
      })
    const onExit = (code: number): void => settle(() => reject(new Error(`The translation thread ended with exit code ${code}.`)))
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    worker.postMessage({ text, check })
  })

const refused = (text: string, why: string): Translation => ({
  ok: false,
  problems: [
    {
      ...{ library: libraryHeader(text).name, line: 0, column: 0 },
      message: `Its translation ${why}. Simplify its longest expressions or split them into definitions.`,
    },
  ],
})
