import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { type Running, startCommons } from '../../support/commons.ts'

/** A place of its own to start `commons` in, with a demo region that is quickly made. */
export interface Place {
  readonly port: number
  readonly env: NodeJS.ProcessEnv
}

const DEMO = ['--practices', '3', '--patients', '150', '--seed', '7']

/** `env` comes on top; nothing of the test's own surroundings may lead it elsewhere. */
export const start = ({ port, env }: Place, more: NodeJS.ProcessEnv = {}): Running =>
  startCommons(['start', ...DEMO], { ...NOWHERE, ...env, PORT: String(port), ...more })

export async function doctor({ env }: Place): Promise<{ code: number | null; said: string }> {
  const running = startCommons(['doctor'], { ...NOWHERE, ...env })
  const code = await running.ended
  return { code, said: running.answers() + running.words() }
}

const NOWHERE = { DATABASE_URL: undefined, REDIS_URL: undefined, HOST: undefined, COMMONS_DATA: undefined }

/** Ends a start by a signal and answers its exit code; it has the 30 seconds that an orchestrator gives. */
export async function stopped(running: Running, signal: NodeJS.Signals): Promise<number | null> {
  running.signal(signal)
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

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('No port.')
  return address.port
}

/** The passwords that were told, by address. */
export const signInsIn = (answers: string): Map<string, string> =>
  new Map([...answers.matchAll(/(\S+@\S*demo\.example) +([a-z2-9]{5}(?:-[a-z2-9]{5}){3})/g)].map(([, email, password]) => [email!, password!]))

export async function signIn({ port }: Place, email: string, password: string): Promise<string> {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }'
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-commons': 'web' },
    body: JSON.stringify({ query, variables: { input: { email, password } } }),
  })
  const { data } = (await answer.json()) as { data: { signIn: { __typename: string } } }
  return data.signIn.__typename
}
