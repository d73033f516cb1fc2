import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const repository = resolve(import.meta.dirname, '../..')

/** A `commons` command in a process of its own, as a person starts it. */
export interface Running {
  readonly pid: number
  /** What it said so far: words on stderr, answers on stdout. */
  readonly words: () => string
  readonly answers: () => string
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
  /** Waits until words or answers match; fails when it ends before, or says nothing of it in time. */
  said(what: RegExp, ms: number): Promise<void>
  signal(name: NodeJS.Signals): void
}

/** `env` comes on top of the test's own; a variable set to undefined is taken away. */
export function startCommons(args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child: ChildProcess = spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'services/cli/src/main.ts', ...args], {
    cwd: repository,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [words, answers] = ['', '']
  let over = false
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (words += text))
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (answers += text))
  const ended = new Promise<number | null>((settle, reject) => child.on('close', settle).on('error', reject)).finally(() => (over = true))
  return {
    pid: child.pid!,
    words: () => words,
    answers: () => answers,
    ended,
    async said(what, ms) {
      for (const end = Date.now() + ms; !what.test(words) && !what.test(answers); await pause(20)) {
        const told = `${words}\n${answers}`
        if (over) throw new Error(`commons ${args.join(' ')} ended without saying ${what}:\n${told}`)
        if (Date.now() > end) throw new Error(`commons ${args.join(' ')} did not say ${what} within ${ms} ms:\n${told}`)
      }
    },
    signal: (name) => void child.kill(name),
  }
}

/** Runs a command to its end and answers what it printed; throws what it said when it fails. */
export async function runCommons(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const running = startCommons(args, env)
  const code = await running.ended
  if (code !== 0) throw new Error(`commons ${args.join(' ')} ended with ${code}:\n${running.words()}${running.answers()}`)
  return running.answers()
}
