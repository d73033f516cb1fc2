import { randomBytes } from 'node:crypto'
import { type Api, type ApiOptions, createApi, type LogLine } from '@carecommons/api'
import type { Backend } from '@carecommons/jobs'
import { type Clock, clockAt } from '@carecommons/kernel'
import { Client } from 'pg'
import { type Beginning, testDatabase } from './database.ts'
import { knownWorld, NOW, world, type World } from './world.ts'

type Asked = any

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly data: Asked
  readonly errors: readonly { readonly message: string; readonly extensions: Readonly<Record<string, string>> }[]
}

/** A browser: keeps its cookies from answer to answer. */
export interface Caller {
  ask(query: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>
  fetch(path: string, init?: RequestInit): Promise<Response>
  cookie: string
  /** The cookie of a question it was asked on its way in. */
  challenge: string
}

export interface TestApi {
  readonly world: World
  readonly url: string
  readonly log: readonly LogLine[]
  /** Moves the clock that everything reads. */
  setNow(instant: string): void
  caller(): Caller
  signedIn(user: keyof World['users']): Promise<Caller>
  /** SQL as the owner, behind all walls. */
  sql(text: string, values?: readonly unknown[]): Promise<Record<string, Asked>[]>
  /** Where the application signs in. */
  readonly appUrl: string
  /** Where the owner does, for a second connection. */
  readonly ownerUrl: string
  /** Storage for a queue, in the same database. */
  readonly queue: Backend
  close(): Promise<void>
}

/** What is on a page of a list. */
export const nodesOf = ({ edges }: { readonly edges: readonly { readonly node: Asked }[] }): Asked[] => edges.map(({ node }) => node)

/** Of every API in tests, so that two of them over one database read what the other sealed. */
export const SEALING_KEY = randomBytes(32)

/** The real API over HTTP, with a real database that holds the known world. */
export async function openTestApi(options: Partial<ApiOptions> = {}, beginning: Beginning = knownWorld): Promise<TestApi> {
  const database = await testDatabase(beginning)
  const theWorld = await world(database)
  const owner = new Client(database.ownerUrl)
  await owner.connect()
  let now: Clock = clockAt(NOW)
  const log: LogLine[] = []
  const leave = async () => {
    await theWorld.close()
    await owner.end()
    await database.drop()
  }
  let api: Api
  let url: string
  try {
    api = await createApi({
      database: theWorld.database,
      log: (line) => void log.push(line),
      clock: { now: () => now.now(), today: (zone) => now.today(zone) },
      sealingKey: SEALING_KEY,
      production: false,
      ...options,
    })
    ;({ url } = await api.listen(0))
  } catch (error) {
    await leave()
    throw error
  }
  const caller = () => openCaller(url)
  return {
    world: theWorld,
    url,
    log,
    appUrl: database.appUrl,
    ownerUrl: database.ownerUrl,
    queue: { kind: 'postgres', url: database.queueUrl, schema: database.queueSchema },
    setNow: (instant) => (now = clockAt(instant)),
    caller,
    async signedIn(user) {
      const one = caller()
      const { email, password } = theWorld.users[user]
      const answer = await one.ask(SIGN_IN, { input: { email, password } })
      if (answer.data?.signIn?.__typename !== 'Viewer')
        throw new Error(`${email} could not sign in: ${JSON.stringify([answer.errors, log])}`)
      return one
    },
    sql: async (text, values = []) => (await owner.query(text, [...values])).rows,
    async close() {
      await api.close()
      try {
        const { rows: twice } = await owner.query(
          `select subject, action, outcome, count(*) from audit_event where subject <> 'Session'
            group by correlation_id, practice_id, subject, action, outcome, purpose having count(*) > 1`,
        )
        if (twice.length > 0) throw new Error(`One operation left more than one row for a kind of record: ${JSON.stringify(twice)}`)
      } finally {
        await leave()
      }
    },
  }
}

export const SIGN_IN = `mutation ($input: SignInInput!) {
  signIn(input: $input) { __typename ... on Viewer { user { email } } ... on Refused { code message } }
}`

export function openCaller(url: string): Caller {
  const one: Caller = {
    cookie: '',
    challenge: '',
    async ask(query, variables = {}, headers = {}) {
      const response = await one.fetch('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-commons': 'web', ...headers },
        body: JSON.stringify({ query, variables }),
      })
      const text = await response.text()
      const { data = null, errors = [] } = JSON.parse(text) as Partial<Answer>
      return { status: response.status, headers: response.headers, text, data, errors }
    },
    async fetch(path, init = {}) {
      const headers = new Headers(init.headers)
      headers.set('cookie', [one.cookie, one.challenge].filter(Boolean).join('; '))
      const response = await fetch(url + path, { ...init, headers, redirect: 'manual' })
      const given = (name: string) =>
        response.headers
          .getSetCookie()
          .findLast((text) => text.startsWith(`${name}=`))
          ?.split(';')[0]
      one.cookie = given('commons_session') ?? one.cookie
      one.challenge = given('commons_challenge') ?? one.challenge
      return response
    },
  }
  return one
}
