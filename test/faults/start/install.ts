import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { type Running, startCommons } from '../../support/commons.ts'

/** A place of its own to start `commons` in, with a demo region that is quickly made. */
export interface Place {
  readonly port: number
  readonly env: NodeJS.ProcessEnv
}

/** Two cores that others use may need longer for a start than a person would wait. */
export const READY = 150_000

const DEMO = ['--practices', '3', '--patients', '150', '--seed', '7']

/** `more` comes on top; nothing of the test's own surroundings may lead it elsewhere. */
export function start({ port, env }: Place, more: NodeJS.ProcessEnv = {}): Running {
  const running = startCommons(['start', ...DEMO], { ...NOWHERE, ...env, PORT: String(port), ...more })
  started.add(running)
  return running
}

const started = new Set<Running>()

/** Ends what a failed test left running, so that it does not fail the next one too. */
export async function endStarted(): Promise<void> {
  for (const running of started) {
    running.signal('SIGTERM')
    await running.ended
  }
  started.clear()
}

/** What `commons doctor` prints, its exit code last. */
export async function doctor({ env }: Pick<Place, 'env'>, more: NodeJS.ProcessEnv = {}): Promise<string> {
  const running = startCommons(['doctor'], { ...NOWHERE, ...env, ...more })
  const code = await running.ended
  return `${running.answers()}${running.words()}exit ${code}`
}

const NOWHERE = { DATABASE_URL: undefined, REDIS_URL: undefined, HOST: undefined, COMMONS_DATA: undefined }

/**
 * Ends a start by a signal and answers its exit code; it has the 30 seconds that an orchestrator gives. Ctrl-C comes twice, as in a terminal:
 * to every process of its group, and from npm, which passes it on.
 */
export async function stopped(running: Running, signal: NodeJS.Signals): Promise<number | null> {
  running.signal(signal)
  if (signal === 'SIGINT') setTimeout(() => running.signal(signal), 20)
  const late = setTimeout(() => running.signal('SIGKILL'), 30_000)
  return running.ended.finally(() => clearTimeout(late))
}

/** Processes that work in a folder or were told of it: PostgreSQL's backends stand in the data folder, the server names it. */
export function processesOf(folder: string): string[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry) || entry === String(process.pid)) return []
    try {
      const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const told = readFileSync(`/proc/${entry}/environ`, 'utf8').includes(folder)
      return told || line.includes(folder) || readlinkSync(`/proc/${entry}/cwd`).startsWith(folder) ? [`${entry} ${line}`] : []
    } catch (error) {
      // It ended while we looked, or is somebody else's.
      if (['ENOENT', 'ESRCH', 'EACCES'].includes(String((error as NodeJS.ErrnoException).code))) return []
      throw error
    }
  })
}

/** The passwords that were told, by address. */
export const signInsIn = (answers: string): Map<string, string> =>
  new Map(
    [...answers.matchAll(/(\S+@\S*demo\.example) +([a-z2-9]{5}(?:-[a-z2-9]{5}){3})/g)].map(([, email, password]) => [email!, password!]),
  )

/** Signs the region's administrator in; answers the type of what came back. */
export async function signIn({ port }: Place, passwords: Map<string, string>): Promise<string> {
  const email = 'region@demo.example'
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }'
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-commons': 'web' },
    body: JSON.stringify({ query, variables: { input: { email, password: passwords.get(email) } } }),
  })
  const { data } = (await answer.json()) as { data: { signIn: { __typename: string } } }
  return data.signIn.__typename
}
