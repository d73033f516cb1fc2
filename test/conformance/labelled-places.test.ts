// Whoever may not know of a labelled record is told what would be told without it: of two people who differ by such a record alone, the same.
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createApi } from '@carecommons/api'
import { openCompiler, openEnginePool } from '@carecommons/cql'
import { openDatabase } from '@carecommons/database'
import { addUser, findRegion, openFollower, openLoadedMeasures } from '@carecommons/domain'
import { isRefusal, systemClock } from '@carecommons/kernel'
import { Client } from 'pg'
import { type Caller, openCaller, SIGN_IN } from '../support/api.ts'
import { runCommons } from '../support/commons.ts'
import { testDatabase } from '../support/database.ts'
import { starterSet } from '../support/starter-set.ts'
import { a1c, diabetes, encounter, folderOf, patient, type Resource } from './import/resources.ts'

const YEAR = new Date().getUTCFullYear()
const MEASURE = 'glycemic-control-poor'
const PART2 = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'ETH' }] } }
const in2 = { period: { start: `${YEAR}-01-04T09:00:00Z`, end: `${YEAR}-01-04T10:00:00Z` } }
const result = (id: string, of: string, value: number, day: string, more: object = {}) =>
  a1c(id, of, value, { effectiveDateTime: `${YEAR}-01-${day}T09:30:00Z`, ...more })

let sql: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>
let send: (files: Record<string, readonly Resource[]>) => Promise<void>
let follow: () => Promise<void>
let clinician: Caller
let close: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase(starterSet)
  const owner = new Client(database.ownerUrl)
  await owner.connect()
  sql = async <Row>(text: string, values: readonly unknown[] = []) => (await owner.query(text, [...values])).rows as Row[]
  send = async (files) => {
    const folder = folderOf(files)
    await runCommons(['import', 'fhir', folder], database.env)
    rmSync(folder, { recursive: true })
  }
  const both = (make: (name: string) => Resource): Resource[] => ['ann', 'bob', 'dan', 'zoe'].map(make)
  await send({
    'Patient.ndjson': both((name) => patient(name)),
    'Condition.ndjson': both((name) => diabetes(`dm-${name}`, name)),
    'Encounter.ndjson': both((name) => encounter(`visit-${name}`, name, in2)),
    // An open gap; Bob's is closed by a labelled record, Dan's will be.
    'Observation.ndjson': [...both((name) => result(`high-${name}`, name, 9.8, '05')), result('low-bob', 'bob', 6.2, '09', PART2)],
  })
  await runCommons(['organizations', 'sign', 'all', '--by', 'Ada Hart', '--as', 'owner'], database.env)
  await runCommons(['measures', 'run', '--year', String(YEAR)], database.env)

  const app = openDatabase(database.appUrl, { max: 4 })
  const pool = openEnginePool({ threads: 1 })
  const follower = openFollower(app, pool, openLoadedMeasures(app, openCompiler()))
  follow = async () => {
    for (let some = -1; some !== 0;) some = await follower.follow()
  }
  const api = await createApi({ database: app, clock: systemClock, log: () => undefined, production: false, sealingKey: randomBytes(32) })
  const { url } = await api.listen(0)
  const [practice] = await sql<{ id: string }>(`select id from organization where kind = 'practice'`)
  const card = await addUser(app, {
    ...{ name: 'Casey Clinician', email: 'casey@example.org', role: 'clinician', organizationId: practice!.id },
    from: systemClock.today((await findRegion(app))!.timeZone),
  })
  if (isRefusal(card)) throw new Error(card.message)
  clinician = openCaller(url)
  const answer = await clinician.ask(SIGN_IN, { input: { email: card.email, password: card.password } })
  expect(answer.data.signIn.__typename).toBe('Viewer')
  close = async () => {
    await api.close()
    await pool.close()
    await app.close()
    await owner.end()
    await database.drop()
  }
}, 120_000)
afterAll(() => close?.())

const LOOK = `query ($id: ID!, $measure: String!) {
  patient(id: $id) { openGapCount redisclosureNotice gaps { measure { id } state dueOn evidence } }
  reason(patientId: $id, measure: $measure) { facts { reference } populations { population count } }
  open: patients(openGap: $measure, first: 100) { totalCount edges { node { id } } }
  counted: patients(inPopulation: { measure: $measure, population: NUMERATOR }, first: 100) { edges { node { id } } }
  practice { gapCounts { measure { id } open } }
}`
const idOf = async (name: string): Promise<string> =>
  (await sql<{ id: string }>('select id from patient where fhir_id = $1', [name]))[0]!.id

/** What is told of one person, without what names them. */
async function told(name: string): Promise<string> {
  const id = await idOf(name)
  const answer = await clinician.ask(LOOK, { id, measure: MEASURE })
  expect(answer.errors).toEqual([])
  const isAmong = (list: { edges: { node: { id: string } }[] }): boolean => list.edges.some(({ node }) => node.id === id)
  const { patient: chart, reason, open, counted } = answer.data
  return JSON.stringify({ chart, reason, isOpen: isAmong(open), isCounted: isAmong(counted) }).replaceAll(name, 'somebody')
}
const gapsOf = async (name: string): Promise<{ open: number; state: string; evidence: string[] }> => {
  const { data } = await clinician.ask(LOOK, { id: await idOf(name), measure: MEASURE })
  const { state, evidence } = data.patient.gaps.find((gap: { measure: { id: string } }) => gap.measure.id === MEASURE)
  return { open: data.patient.openGapCount, state, evidence }
}
const gapCount = async (): Promise<number> =>
  (await clinician.ask(LOOK, { id: await idOf('ann'), measure: MEASURE })).data.practice.gapCounts.find(
    ({ measure }: { measure: { id: string } }) => measure.id === MEASURE,
  ).open
const figure = async (): Promise<number> =>
  (
    await sql<{ numerator: number }>(
      `select s.numerator from score s join publication u on u.run_id = s.run_id where s.measure_id = $1 and s.practice_id is not null`,
      [MEASURE],
    )
  )[0]!.numerator

test('a gap that a labelled record closed stays open for whoever has no consent, as it would without the record', async () => {
  expect(await told('bob')).toBe(await told('ann'))
  expect(await gapsOf('bob')).toMatchObject({ state: 'OPEN', evidence: expect.arrayContaining(['Observation/high-bob']) })
  expect((await clinician.ask(LOOK, { id: await idOf('bob'), measure: MEASURE })).text).not.toContain('low-bob')
  expect(await gapCount()).toBe(4)
  // The figure is what all records lead to.
  expect(await figure()).toBe(3)
})

test('as records come in, too', async () => {
  const before = await told('dan')
  await sql(`update patient_risk set tier = 2, opportunity = 7, reasons = '{Why}', worked_out_on = '2026-01-01'`)
  await send({ 'Observation.ndjson': [result('low-dan', 'dan', 6.2, '09', PART2)] })
  await follow()
  expect(await figure()).toBe(2)
  expect(await told('dan')).toBe(before)
  expect(await told('zoe')).toBe(before)
  expect(await gapCount()).toBe(4)
})

test('risk stays when nothing but labelled records comes in, and is worked out anew when anything else does', async () => {
  const risks = async () =>
    Object.fromEntries(
      (
        await sql<{ name: string; tier: number; on: string }>(
          'select p.fhir_id as name, r.tier, r.worked_out_on::text as "on" from patient_risk r join patient p on p.id = r.patient_id',
        )
      ).map(({ name, tier, on }) => [name, `${tier} ${on}`]),
    )
  const [kept, gone] = ['2 2026-01-01', '0 -infinity']
  expect(await risks()).toEqual({ ann: kept, bob: kept, dan: kept, zoe: kept })
  await send({
    'Observation.ndjson': [
      // Labelled before and after; without a label until now; beside something else.
      result('low-bob', 'bob', 6.4, '09', PART2),
      result('high-ann', 'ann', 9.8, '05', PART2),
      result('low-zoe', 'zoe', 6.2, '09', PART2),
      result('other-zoe', 'zoe', 9.1, '03'),
    ],
  })
  expect(await risks()).toEqual({ ann: gone, bob: kept, dan: kept, zoe: gone })
  await follow()
})

test('with the consent everybody is told what all records lead to', async () => {
  const [practice] = await sql<{ id: string }>(`select id from organization where kind = 'practice'`)
  const input = {
    ...{ patientId: await idOf('bob'), kind: 'SENSITIVE', category: 'PART2', recipientId: practice!.id, manner: 'WRITTEN' },
    ...{ givenBy: 'Bob Example', givenAs: 'patient', givenOn: `${YEAR}-01-02`, scope: 'Treatment', idempotencyKey: 'consent-of-bob' },
  }
  const open = await gapCount()
  const recorded = await clinician.ask(`mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { __typename } }`, { input })
  expect(recorded.data.recordConsent.__typename).toBe('Consent')
  const bob = await gapsOf('bob')
  expect(bob).toMatchObject({ state: 'MET', evidence: expect.arrayContaining(['Observation/low-bob']) })
  // A summary is read without consent, whoever looks.
  expect(bob.open).toBe((await gapsOf('dan')).open)
  expect(await gapCount()).toBe(open - 1)
  expect(await gapsOf('dan')).toMatchObject({ state: 'OPEN' })
})
