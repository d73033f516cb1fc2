import { type Api, createApi } from '@carecommons/api'
import { type Database, openDatabase } from '@carecommons/database'
import { type Caller, openCaller, openTestApi, SIGN_IN, type TestApi, SEALING_KEY } from '../support/api.ts'

const RATES = { user: 20, organization: 30, address: 500 }

/** Two processes' worth of API over one database, and one clock that a test moves. */
let first: TestApi
let second: Api
let pool: Database
let now = Date.parse('2026-03-02T15:00:00Z')
let secondUrl: string

beforeAll(async () => {
  first = await openTestApi({ rates: RATES, clock })
  pool = openDatabase(first.appUrl, { max: 2 })
  second = await createApi({ sealingKey: SEALING_KEY, database: pool, log: () => undefined, rates: RATES, clock })
  secondUrl = (await second.listen(0)).url
})
afterAll(async () => {
  await second.close()
  await pool.close()
  await first.close()
})
beforeEach(() => {
  now += 20 * 60_000
})

const clock = { now: () => new Date(now), today: () => '2026-03-02' }

async function both(user: Parameters<TestApi['signedIn']>[0]): Promise<[Caller, Caller]> {
  const here = await first.signedIn(user)
  const there = openCaller(secondUrl)
  there.cookie = here.cookie
  return [here, there]
}

const ask = (caller: Caller) => caller.ask('{ measures { id } }')
/** Counts are shared twice a second. */
const shared = () => new Promise((resolve) => setTimeout(resolve, 1200))

async function statuses(caller: Caller, times: number): Promise<number[]> {
  const met: number[] = []
  for (let n = 0; n < times; n++) met.push((await ask(caller)).status)
  return met
}

/** Asks fewer times than any limit, so that what refuses it was counted at the other process. */
async function isRefusedSoon(again: () => Promise<{ readonly status: number }>): Promise<boolean> {
  for (let n = 0; n < RATES.user - 5; n++) {
    if ((await again()).status === 429) return true
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return false
}

test('hardening 37: what a person asks of one process counts at the other', async () => {
  const [here, there] = await both('alderClinician')
  expect(new Set(await statuses(here, RATES.user))).toEqual(new Set([200]))
  await shared()
  // The other process learns of it with its next turn of sharing.
  await ask(there)
  await shared()
  const answer = await ask(there)
  expect(answer.status).toBe(429)
  expect(answer.errors[0]!.extensions['code']).toBe('RATE_LIMITED')
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(answer.data?.measures ?? null).toBeNull()
  const other = await first.signedIn('birchClinician')
  expect((await ask(other)).status).toBe(200)
  now += 60_000
  expect((await ask(there)).status).toBe(200)
})

test('hardening 37: an organization has a limit of its own, however many of its people ask', async () => {
  const callers = await Promise.all(
    (['alderClinician', 'alderAdministrator', 'alderQualityLead'] as const).map((user) => first.signedIn(user)),
  )
  const met = (await Promise.all(callers.map((caller) => statuses(caller, 12)))).flat()
  expect(met.filter((status) => status === 200)).toHaveLength(RATES.organization)
  expect(met.filter((status) => status === 429)).toHaveLength(6)
  const there = openCaller(secondUrl)
  there.cookie = (await first.signedIn('alderStaff')).cookie
  expect(await isRefusedSoon(() => ask(there))).toBe(true)
})

test('hardening 37: an address has a limit before anything is read, and a header does not make another address', async () => {
  const met = new Map<number, number>()
  for (let n = 0; n < RATES.address + 20; n++) {
    const response = await fetch(`${first.url}/graphql`, {
      method: 'POST',
      headers: { 'x-forwarded-for': `203.0.113.${n % 250}`, forwarded: `for=198.51.100.${n % 250}` },
    })
    met.set(response.status, (met.get(response.status) ?? 0) + 1)
    await response.arrayBuffer()
  }
  expect(met.get(429)).toBe(20)
  expect(await isRefusedSoon(() => fetch(`${secondUrl}/graphql`, { method: 'POST' }))).toBe(true)
})

test('tries to sign in are counted over both processes', async () => {
  const { email } = first.world.users.pineAnalyst
  const knock = (url: string) => openCaller(url).ask(SIGN_IN, { input: { email, password: 'not the password' } })
  for (let n = 0; n < 5; n++) {
    await knock(first.url)
    await knock(secondUrl)
  }
  const { password } = first.world.users.pineAnalyst
  for (const url of [first.url, secondUrl]) {
    const { data } = await openCaller(url).ask(SIGN_IN, { input: { email, password } })
    expect(data.signIn.__typename).toBe('Refused')
  }
  now += 20 * 60_000
  expect((await openCaller(secondUrl).ask(SIGN_IN, { input: { email, password } })).data.signIn.__typename).toBe('Viewer')
})

test('no count names anybody', async () => {
  const rows = await first.sql('select key from rate_count')
  expect(rows.length).toBeGreaterThan(0)
  for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/)
})
