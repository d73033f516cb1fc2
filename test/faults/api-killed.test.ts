import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { type Answer, type Caller, openCaller, SEALING_KEY, SIGN_IN } from '../support/api.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { knownWorld, world, type World } from '../support/world.ts'

let database: TestDatabase
let theWorld: World
let owner: Client
const running = new Set<ChildProcess>()

beforeAll(async () => {
  database = await testDatabase(knownWorld)
  theWorld = await world(database)
  owner = new Client(database.ownerUrl)
  await owner.connect()
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await theWorld.close()
  await owner.end()
  await database.drop()
})

interface Process {
  readonly child: ChildProcess
  readonly caller: Caller
}

async function start(): Promise<Process> {
  const child = fork(join(import.meta.dirname, 'api/api-process.ts'), {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, APP_URL: database.appUrl, SEALING_KEY: SEALING_KEY.toString('base64') },
    execArgv: ['--import', './scripts/typescript.mjs'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  const caller = openCaller(url)
  const { email, password } = theWorld.users.administrator
  const { data } = await caller.ask(SIGN_IN, { input: { email, password } })
  expect(data.signIn.__typename).toBe('Viewer')
  return { child, caller }
}

async function kill({ child }: Process): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

const CREATE = `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { __typename
  ... on MemberOrganization { id } ... on Refused { code } } }`
const wish = (more: object = {}) => ({
  kind: 'PRACTICE',
  name: 'Dogwood Clinic',
  slug: 'dogwood',
  city: 'Riverton',
  idempotencyKey: 'dogwood-once',
  ...more,
})
const create = (caller: Caller, more: object = {}): Promise<Answer> => caller.ask(CREATE, { input: wish(more) })
const made = async () => (await owner.query(`select id from organization where slug = 'dogwood'`)).rows

/** Until a transaction waits for the lock that the test holds. */
async function waitUntilHeld(): Promise<void> {
  for (let n = 0; n < 400; n++) {
    const { rowCount } = await owner.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
    if (rowCount) return
    await pause(25)
  }
  throw new Error('The mutation never came to the lock.')
}

test('hardening 60: killed in a mutation, before and after its commit: asked again under the same key there is one effect', async () => {
  const locker = new Client(database.ownerUrl)
  await locker.connect()
  try {
    // Killed inside of its transaction, when all but the note of it is written: nothing stays of it.
    const first = await start()
    await locker.query('begin; lock table audit_event in access exclusive mode')
    const lost = create(first.caller).then(
      () => 'answered',
      () => 'lost',
    )
    await waitUntilHeld()
    await kill(first)
    expect(await lost).toBe('lost')
    await locker.query('rollback')
    expect(await made()).toEqual([])
  } finally {
    await locker.end()
  }

  // Killed when it is committed and the answer has not been read.
  const second = await start()
  const answered = (await create(second.caller)).data.createOrganization
  expect(answered.__typename).toBe('MemberOrganization')
  await kill(second)

  const third = await start()
  const again = await Promise.all([create(third.caller), create(third.caller), create(third.caller)])
  expect(again.map(({ data }) => data.createOrganization)).toEqual([answered, answered, answered])
  expect(await made()).toEqual([{ id: answered.id }])
  const conflict = await create(third.caller, { name: 'Another Clinic', slug: 'another' })
  expect(conflict.data.createOrganization).toEqual({ __typename: 'Refused', code: 'IdempotencyKeyReused' })
  expect((await owner.query(`select 1 from organization where slug = 'another'`)).rowCount).toBe(0)
  const noted = await owner.query(`select 1 from audit_event where subject = 'Organization' and action = 'create' and outcome = 'allowed'`)
  expect(noted.rowCount).toBe(1)
  await kill(third)
}, 180_000)
