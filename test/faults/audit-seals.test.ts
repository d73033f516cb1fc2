import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Database, openDatabase } from '@carecommons/database'
import { makeAuditMonths, sealEvents, verifySeals } from '@carecommons/domain'
import { newId } from '@carecommons/kernel'
import { openAuditHeads, readAuditHeads } from '@carecommons/worker'
import { Client } from 'pg'
import { runCommons } from '../support/commons.ts'
import { testDatabase, type TestDatabase } from '../support/database.ts'
import { openRig, until } from './metric/rig.ts'

const key = Buffer.from('a key of this test')
const [alder, birch] = [newId(), newId()]

let database: TestDatabase
let app: Database
let owner: Client
let folder: string
beforeEach(async () => {
  database = await testDatabase()
  app = openDatabase(database.appUrl, { max: 4 })
  owner = new Client(database.ownerUrl)
  await owner.connect()
  folder = mkdtempSync(join(tmpdir(), 'commons-heads-'))
})
afterEach(async () => {
  await owner.end()
  await app.close()
  await database.drop()
  rmSync(folder, { recursive: true })
})

const sql = async (text: string, values: unknown[] = []) => (await owner.query<Record<string, string>>(text, values)).rows

/** Rows of two practices and of none, as the application writes them. */
async function look(times: number, ago = '5 minutes'): Promise<void> {
  await sql(
    `insert into audit_event (id, at, purpose, practice_id, action, subject, subject_ids, outcome, correlation_id)
     select uuidv7(), now() - $1::interval + n * interval '1 ms', 'treatment', (array[$2, $3, null]::uuid[])[n % 3 + 1], 'read', 'Chart',
            array[uuidv7()], 'allowed', uuidv7() from generate_series(1, $4) n`,
    [ago, alder, birch, times],
  )
}

async function seal(): Promise<void> {
  const head = await sealEvents(app, key)
  if (head) openAuditHeads(folder).keep(head)
}

const verify = (more: { practiceId?: string; from?: string; to?: string } = {}) =>
  verifySeals(app, { key, heads: readAuditHeads(folder), ...more })

const kinds = async () => [...new Set((await verify()).faults.map(({ kind }) => kind))].sort()

test('rows are sealed once each, per practice and day, and an untouched audit holds', async () => {
  await look(30)
  await seal()
  await look(12_001)
  await seal()
  await seal()
  expect(await verify()).toEqual({ rows: 12_031, chains: 3, sealedUntil: expect.any(String), faults: [] })
  expect((await verify({ practiceId: alder })).rows).toBe(4010)
  expect(await verify({ from: '2000-01-01', to: '2000-01-02' })).toMatchObject({ rows: 0, faults: [] })
  const chains = await sql(
    'select chain, count(*)::int as links, min(seq)::int as first, max(seq)::int as last from audit_seal group by chain',
  )
  for (const { links, first, last } of chains) expect([first, last]).toEqual([1, links])
})

test('a row whose transaction ended late is sealed when it ended; nobody waits for it', async () => {
  const slow = new Client(database.ownerUrl)
  await slow.connect()
  await slow.query('begin')
  await slow.query(
    `insert into audit_event (id, at, purpose, action, subject, subject_ids, outcome, correlation_id)
     values (uuidv7(), now(), 'treatment', 'read', 'Chart', '{}', 'allowed', uuidv7())`,
  )
  await look(9)
  await seal()
  expect(await sql('select count(*)::int as sealed from audit_seal')).toEqual([{ sealed: 9 }])
  await look(3)
  await seal()
  await slow.query('commit')
  await slow.end()
  await seal()
  expect(await sql('select count(*)::int as sealed from audit_seal')).toEqual([{ sealed: 13 }])
  expect((await verify()).faults).toEqual([])
})

test('two workers at once seal every row once', async () => {
  for (let turn = 0; turn < 15; turn += 1) {
    await Promise.all([look(7), sealEvents(app, key), sealEvents(app, key), sealEvents(app, key)])
  }
  while (await sealEvents(app, key));
  expect((await verify()).faults).toEqual([])
  expect((await verify()).rows).toBe(105)
})

test('numbers of transactions that start anew, as after a restored backup, leave nothing unsealed', async () => {
  await look(6)
  await seal()
  await sql(`update audit_seal set snapshot = '900000000:900000000:' where snapshot is not null`)
  await look(6)
  await seal()
  expect((await verify()).rows).toBe(12)
})

describe('what somebody with every right does to the audit is found', () => {
  beforeEach(async () => {
    for (let batch = 0; batch < 3; batch += 1) {
      await look(9)
      await seal()
    }
    expect(await kinds()).toEqual([])
  })
  const nth = (seq: number) => `(select event_id from audit_seal where chain = '${alder}' order by seq offset ${seq - 1} limit 1)`

  const tampering: readonly [string, string, readonly string[]][] = [
    ['another actor', `update audit_event set user_id = uuidv7() where id = ${nth(4)}`, ['edited']],
    ['another outcome', `update audit_event set outcome = 'denied' where id = ${nth(4)}`, ['edited']],
    ['another patient', `update audit_event set subject_ids = array[uuidv7()] where id = ${nth(4)}`, ['edited']],
    ['another time', `update audit_event set at = at + interval '1 us' where id = ${nth(4)}`, ['edited']],
    ['another practice', `update audit_event set practice_id = '${birch}' where id = ${nth(4)}`, ['edited']],
    ['a row gone', `delete from audit_event where id = ${nth(4)}`, ['deleted']],
    [
      'a row and its seal gone',
      `with s as (delete from audit_seal where event_id = ${nth(4)} returning event_id) delete from audit_event e using s where e.id = s.event_id`,
      ['cut', 'deleted'],
    ],
    [
      'the end cut off',
      `with s as (delete from audit_seal where event_id = ${nth(9)} returning event_id) delete from audit_event e using s where e.id = s.event_id`,
      ['cut'],
    ],
    [
      'the last batch cut off',
      `with s as (delete from audit_seal where batch = 3 returning event_id) delete from audit_event e using s where e.id = s.event_id`,
      ['cut'],
    ],
    ['everything gone', 'truncate audit_event, audit_seal', ['cut']],
    [
      'two rows that changed places',
      `update audit_seal s set event_id = o.event_id, event_at = o.event_at from audit_seal o
        where s.chain = '${alder}' and o.chain = s.chain and s.seq in (4, 6) and o.seq = 10 - s.seq`,
      ['reordered'],
    ],
    [
      'a row put in with an old time and an old transaction',
      `insert into audit_event select at, uuidv7(), user_id, membership_id, role, organization_id, purpose, practice_id, action, subject, subject_ids, outcome, correlation_id, xid
         from audit_event where id = ${nth(4)}`,
      ['inserted'],
    ],
    [
      'a row put in with a seal of its own making',
      `with e as (insert into audit_event select at, uuidv7(), user_id, membership_id, role, organization_id, purpose, practice_id, action, subject, subject_ids, outcome, correlation_id
                    from audit_event where id = ${nth(4)} returning *)
       insert into audit_seal select '${alder}', (select max(day) from audit_seal), 10, at, id, sha256('x'), now(), 3 from e`,
      ['cut', 'edited'],
    ],
  ]
  test.each(tampering)('%s', async (_what, change, found) => {
    // Unique and in order again only at the end of the statement.
    if (found.includes('reordered')) await sql('alter table audit_seal drop constraint audit_seal_event')
    await sql(change)
    expect(await kinds()).toEqual(found)
  })

  test('a row put in afterwards under an old time, and duly sealed', async () => {
    await look(1, '20 minutes')
    await seal()
    expect((await verify()).faults).toEqual([expect.objectContaining({ kind: 'inserted' })])
  })

  test('a row that no worker comes to seal for more than a minute', async () => {
    await look(1, '10 seconds')
    expect(await kinds()).toEqual([])
    await look(1, '61 seconds')
    expect(await kinds()).toEqual(['unsealed'])
  })

  test('seals made with another key', async () => {
    expect((await verifySeals(app, { key: Buffer.from('guessed'), heads: [] })).faults).toHaveLength(27)
  })
})

test('a month that nobody made falls into the last partition and moves out of it; nothing in between is lost', async () => {
  await sql(
    `insert into audit_event (id, at, purpose, action, subject, subject_ids, outcome, correlation_id)
     values (uuidv7(), '2031-07-04', 'system', 'read', 'Chart', '{}', 'allowed', uuidv7())`,
  )
  const where = () => sql(`select tableoid::regclass::text as part from audit_event`)
  expect(await where()).toEqual([{ part: 'audit_event_rest' }])
  await seal()
  await Promise.all([makeAuditMonths(app), makeAuditMonths(app)])
  expect(await where()).toEqual([{ part: 'audit_event_2031_07' }])
  const indexes = await sql(`select indexdef from pg_indexes where tablename = 'audit_event_2031_07'`)
  expect(indexes).toHaveLength(4)
  expect((await verify()).faults).toEqual([])
})

test('the command says which row and ends with 1; with an untouched audit it ends with 0', async () => {
  await look(6)
  await runCommons(['audit', 'verify'], database.env).then(
    () => expect('an unsealed audit').toBe('refused'),
    (error: Error) => expect(error.message).toMatch(/unsealed/),
  )
  const installed = join(database.env['COMMONS_DATA']!, 'secrets.json')
  const secrets = JSON.parse(readFileSync(installed, 'utf8')) as { seal: string }
  const head = await sealEvents(app, Buffer.from(secrets.seal))
  openAuditHeads(join(database.env['COMMONS_DATA']!, 'audit-heads')).keep(head!)
  await runCommons(['audit', 'verify'], database.env)
  await sql(`update audit_event set action = 'export' where practice_id = $1`, [alder])
  await runCommons(['audit', 'verify'], database.env).then(
    () => expect('an edited audit').toBe('refused'),
    (error: Error) => expect(error.message).toMatch(/edited .*2 do not hold/s),
  )
})

test('a worker seals within five seconds, also one that is killed again and again', async () => {
  const rig = (await openRig('postgres'))!
  try {
    const write = (times: number) =>
      rig.sql(
        `insert into audit_event (id, at, purpose, action, subject, subject_ids, outcome, correlation_id)
         select uuidv7(), now(), 'system', 'read', 'Chart', '{}', 'allowed', uuidv7() from generate_series(1, $1)`,
        [times],
      )
    const unsealed = async () =>
      (
        await rig.sql<{ rows: number }>(
          `select count(*)::int as rows from audit_event e where not exists (select from audit_seal s where s.event_id = e.id)`,
        )
      )[0]!.rows
    for (let turn = 0; turn < 3; turn += 1) {
      const worker = await rig.startWorker()
      for (let n = 0; n < 10; n += 1) await write(400).then(() => pause(Math.random() * 60))
      await worker.kill()
    }
    const worker = await rig.startWorker()
    await until('the backlog is sealed', async () => (await unsealed()) === 0, 20_000)
    for (let turn = 0; turn < 5; turn += 1) {
      await write(1)
      const begun = Date.now()
      await until('it is sealed', async () => (await unsealed()) === 0, 5000)
      process.stderr.write(`sealed after ${Date.now() - begun} ms\n`)
    }
    await worker.end()
    const twice = await rig.sql('select event_id from audit_seal group by event_id having count(*) > 1')
    expect(twice).toEqual([])
  } finally {
    await rig.close()
  }
})

test('an import, a metric run and the coming gaps after it are one row each, of the job that did it', async () => {
  const rig = (await openRig('postgres'))!
  try {
    const rows = await rig.sql(
      `select action, subject, role, purpose, outcome, cardinality(subject_ids) as ids from audit_event where subject = 'ClinicalRecord' order by action`,
    )
    const job = { subject: 'ClinicalRecord', role: 'worker', purpose: 'operations', outcome: 'allowed', ids: 1 }
    expect(rows).toEqual([
      { action: 'create', ...job },
      { action: 'read', ...job },
      { action: 'read', ...job },
    ])
  } finally {
    await rig.close()
  }
})

test('a head is kept once, in a file that only its owner reads', async () => {
  await look(3)
  await seal()
  const heads = openAuditHeads(folder)
  expect(heads.newest).toBe(1)
  expect(readdirSync(folder)).toHaveLength(1)
  expect(readAuditHeads(folder)).toEqual([
    { batch: 1, rows: 3, sealedAt: expect.any(String), digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
  ])
})
