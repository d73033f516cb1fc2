// Transactions that take rows the other way round: PostgreSQL lets the import go first (40P01), and it lands all the same, once.
import { rmSync } from 'node:fs'
import type { Client } from 'pg'
import { openRegion, type Region } from './import/region.ts'
import { a1c, folderOf, inPractice, patient, type Resource, ssn } from './import/resources.ts'

let region: Region
beforeEach(async () => {
  region = await openRegion()
  // Whoever waits that long first looks for a circle: the import, and not the rival, who looks after an hour.
  const [{ name }] = (await region.sql('select current_database() as name')) as [{ name: string }]
  await region.sql(`alter database ${name} set deadlock_timeout = '3s'`)
  await send({
    'Patient.ndjson': [
      patient('ash-1', { ...inPractice('ash'), ...ssn('900-00-0001') }),
      patient('ash-2', inPractice('ash')),
      patient('birch-1', { ...inPractice('birch'), ...ssn('900-00-0002') }),
    ],
  })
}, 60_000)
afterEach(() => region?.close())

type Files = Readonly<Record<string, readonly Resource[]>>

async function send(files: Files) {
  const folder = folderOf(files)
  try {
    return await region.import(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function rival(): Promise<Client> {
  const client = await region.another()
  await client.query(`set deadlock_timeout = '1h'`)
  await client.query('begin')
  return client
}

const lockChart = (client: Client, id: string) => client.query(`select from patient where fhir_id = $1 for update`, [id])

/** Waits until so many connections wait for somebody else's row. */
async function waiting(count: number): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    const rows = await region.sql(
      `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
          and query not like '%pg_advisory_lock%'`,
    )
    if (rows.length >= count) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('Nobody came to wait.')
}

/** How often PostgreSQL let somebody go in this database. */
const circles = async (): Promise<number> => {
  await region.sql('select pg_stat_force_next_flush()')
  return Number((await region.sql('select deadlocks from pg_stat_database where datname = current_database()'))[0]!['deadlocks'])
}

/** Everything that has landed, without what tells one import from another. */
const landed = () =>
  region.sql(
    `select v.type, v.fhir_id, v.content, v.superseded_at is null as stands, count(*)::int as times from resource_version v group by 1, 2, 3, 4 order by 1, 2, 3`,
  )

const coverage = (id: string, patientId: string, payor: string): Resource => ({
  resourceType: 'Coverage',
  id,
  status: 'active',
  beneficiary: { reference: `Patient/${patientId}` },
  payor: [{ display: payor }],
  period: { start: '2020-01-01' },
})

test('a batch that links a chart of another practice is landed again', async () => {
  const other = await rival()
  await lockChart(other, 'birch-1')
  // Ash corrects its chart: it has the number of Birch's now.
  const importing = send({ 'Patient.ndjson': [patient('ash-1', { ...inPractice('ash'), ...ssn('900-00-0002') })] })
  await waiting(1)
  await lockChart(other, 'ash-1')
  await other.query('commit')
  expect((await importing).counts.all).toMatchObject({ corrected: 1, rejected: 0, lines: 1 })
  expect(await circles()).toBeGreaterThanOrEqual(1)
  const people = await region.sql(`select person_id from patient where fhir_id in ('ash-1', 'birch-1')`)
  expect(new Set(people.map((row) => row['person_id'])).size).toBe(1)
  expect(await region.sql(`select count(*)::int as n from resource_version where fhir_id = 'ash-1'`)).toEqual([{ n: 2 }])
}, 60_000)

test('payers that were written by the turn that came to nothing are written again', async () => {
  const other = await rival()
  const [[first], [last]] = [
    await region.sql(`select fhir_id from patient where fhir_id like 'ash%' order by id limit 1`),
    await region.sql(`select fhir_id from patient where fhir_id like 'ash%' order by id desc limit 1`),
  ]
  await lockChart(other, last!['fhir_id'])
  const importing = send({
    'Coverage.ndjson': [coverage('c-1', first!['fhir_id'], 'Elm Mutual'), coverage('c-2', last!['fhir_id'], 'Elm Mutual')],
    'Observation.ndjson': [a1c('o-1', 'ash-1'), a1c('o-2', 'ash-2')],
  })
  await waiting(1)
  await lockChart(other, first!['fhir_id'])
  await other.query('commit')
  expect((await importing).counts).toMatchObject({ all: { created: 4, rejected: 0, lines: 4 }, Coverage: { created: 2 } })
  expect(await circles()).toBeGreaterThanOrEqual(1)
  expect(await region.sql(`select name from organization where kind = 'payer'`)).toEqual([{ name: 'Elm Mutual' }])
  expect(await region.sql('select count(payer_id)::int as n from payer_evidence')).toEqual([{ n: 2 }])
}, 60_000)

test('lines that were counted by it are counted once', async () => {
  const [holder, other] = [await rival(), await rival()]
  await lockChart(holder, 'ash-1')
  const importing = send({ 'Observation.ndjson': [a1c('o-1', 'ash-1'), a1c('o-2', 'ash-1'), a1c('bad', 'nobody')] })
  await waiting(1)
  // All has been counted when the import comes to write down how far it is.
  await other.query(`select from import_file f join import_run r on r.id = f.import_run_id where r.state = 'running' for update of f`)
  await holder.query('commit')
  await waiting(1)
  await lockChart(other, 'ash-1')
  await other.query('commit')
  expect((await importing).counts).toMatchObject({ all: { created: 2, rejected: 1, lines: 3 } })
  expect(await circles()).toBeGreaterThanOrEqual(1)
  expect((await landed()).filter(({ type }) => type === 'Observation').map(({ times }) => times)).toEqual([1, 1])
  expect(await region.sql('select count(*)::int as n from clinical_fact')).toEqual([{ n: 2 }])
}, 60_000)
