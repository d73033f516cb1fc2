// What moves while somebody watches: told to whom it concerns, over every process of the service, for as long as they may know.
import { createApi } from '@carecommons/api'
import { movementsChannel } from '@carecommons/database'
import { clockAt } from '@carecommons/kernel'
import { openCaller, openTestApi, SEALING_KEY, type TestApi } from '../support/api.ts'
import { NOW } from '../support/world.ts'
import { isStream, type Stream, subscribe, watch } from '../support/stream.ts'

let api: TestApi
let open: Stream[] = []
const closing: (() => Promise<void>)[] = []
beforeAll(async () => {
  api = await openTestApi()
})
afterEach(() => {
  for (const stream of open) stream.close()
  open = []
})
afterAll(async () => {
  for (const close of closing) await close()
  await api.close()
})

const CHARTS = 'subscription { chartsMoved { patientIds } }'
const REGION = 'subscription { regionMoved { patientIds } }'

async function watching(user: Parameters<TestApi['signedIn']>[0], query: string): Promise<Stream> {
  const stream = await watch(await api.signedIn(user), query)
  open.push(stream)
  expect(Object.values((await stream.next())!)).toEqual([{ patientIds: [] }])
  return stream
}

const tell = (movement: object) => api.sql('select pg_notify($1, $2)', [movementsChannel(api.appUrl), JSON.stringify(movement)])
const moved = (practice: 'alder' | 'birch', ...charts: number[]) => ({
  what: 'figures',
  practiceId: api.world.practices[practice],
  patientIds: charts.map((index) => api.world.charts[practice][index]),
})

test('a practice hears of its own charts, a care manager of assigned practices, a patient of the own chart, the region of no chart', async () => {
  const clinician = await watching('alderClinician', CHARTS)
  const careManager = await watching('careManager', CHARTS)
  const patient = await watching('alderPatient', CHARTS)
  const analyst = await watching('analyst', REGION)
  const { charts } = api.world

  await tell(moved('birch', 0))
  expect(await careManager.next()).toEqual({ chartsMoved: { patientIds: [charts.birch[0]] } })
  expect(await analyst.next()).toEqual({ regionMoved: { patientIds: null } })
  await tell(moved('alder', 1))
  // What came first for those at the practice is their own: nothing was told of the other's.
  expect(await clinician.next()).toEqual({ chartsMoved: { patientIds: [charts.alder[1]] } })
  await tell(moved('alder', 0, 1))
  expect(await patient.next()).toEqual({ chartsMoved: { patientIds: [charts.alder[0]] } })

  await tell({ what: 'figures', practiceId: null, patientIds: null })
  expect(await patient.next()).toEqual({ chartsMoved: { patientIds: null } })
})

test('what moved through labelled records alone is told to the patient and to nobody else', async () => {
  const [clinician, careManager, patient] = [
    await watching('alderClinician', CHARTS),
    await watching('careManager', CHARTS),
    await watching('alderPatient', CHARTS),
  ]
  const [own, other] = api.world.charts.alder
  await tell({ what: 'figures', practiceId: api.world.practices.alder, patientIds: [], labelledIds: [own, other] })
  expect(await patient.next()).toEqual({ chartsMoved: { patientIds: [own] } })
  await tell({ what: 'figures', practiceId: api.world.practices.alder, patientIds: [other], labelledIds: [own] })
  // The first that comes to them is the second that was told.
  for (const stream of [clinician, careManager]) expect(await stream.next()).toEqual({ chartsMoved: { patientIds: [other] } })
  expect(await patient.next()).toEqual({ chartsMoved: { patientIds: [own] } })
})

test('a thousand movements at once are a few reasons to look', async () => {
  const clinician = await watching('alderClinician', CHARTS)
  await api.sql(`select pg_notify($1, $2 || repeat(' ', i)) from generate_series(1, 1000) i`, [
    movementsChannel(api.appUrl),
    JSON.stringify(moved('alder', 0)),
  ])
  await tell(moved('alder', 1))
  const heard = new Set<string>()
  let events = 0
  while (!heard.has(api.world.charts.alder[1]!)) {
    events++
    for (const id of ((await clinician.next()) as { chartsMoved: { patientIds: string[] } }).chartsMoved.patientIds) heard.add(id)
  }
  expect(events).toBeLessThan(10)
})

test('another process of the service hears the same; a connection that broke says that something may have been missed', async () => {
  const other = await createApi({
    database: api.world.database,
    sealingKey: SEALING_KEY,
    log: () => undefined,
    production: false,
    clock: clockAt(NOW),
  })
  closing.push(() => other.close())
  const { url } = await other.listen(0)
  const caller = openCaller(url)
  caller.cookie = (await api.signedIn('alderClinician')).cookie
  const there = await watch(caller, CHARTS)
  await there.next()
  const here = await watching('alderClinician', CHARTS)
  await tell(moved('alder', 0))
  for (const stream of [here, there]) expect(await stream.next()).toEqual({ chartsMoved: { patientIds: [api.world.charts.alder[0]] } })

  await api.sql(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'commons listening'`)
  for (const stream of [here, there]) expect(await stream.next()).toEqual({ chartsMoved: { patientIds: null } })
  await tell(moved('alder', 1))
  expect(await here.next()).toEqual({ chartsMoved: { patientIds: [api.world.charts.alder[1]] } })
  await closing.pop()!()
  // A service that stops ends what would go on for ever.
  while ((await there.next()) !== null);
})

test('what cannot be read of a movement ends nothing and is a reason to look; another role is another watch', async () => {
  const lead = await watching('alderQualityLead', CHARTS)
  await api.sql(`select pg_notify($1, 'no movement')`, [movementsChannel(api.appUrl)])
  expect(await lead.next()).toEqual({ chartsMoved: { patientIds: null } })
  const { email } = api.world.users.alderQualityLead
  await api.sql(`update membership set role = 'practice-staff' where user_id = (select id from app_user where email = $1)`, [email])
  expect(await lead.next()).toBeNull()
  await api.sql(`update membership set role = 'practice-quality-lead' where user_id = (select id from app_user where email = $1)`, [email])
})

test('hardening 13, 46: a watch ends with the session, with the membership and with the assignment behind it, within five seconds', async () => {
  const leaving = await api.signedIn('alderAdministrator')
  const streams = [await watch(leaving, CHARTS), await watching('birchClinician', CHARTS), await watching('careManager', CHARTS)]
  open.push(...streams)
  await streams[0]!.next()
  const ended = Date.now()
  await leaving.ask('mutation { signOut }')
  const email = api.world.users.birchClinician.email
  await api.sql('update membership set ended_at = now() where user_id = (select id from app_user where email = $1)', [email])
  await api.sql('update care_assignment set ended_at = now() where practice_id = $1', [api.world.practices.birch])
  for (const stream of streams) expect(await stream.next()).toBeNull()
  expect(Date.now() - ended).toBeLessThan(5500)
})

test('payers, and who is not signed in, hear nothing; a refusal is noted', async () => {
  for (const query of [CHARTS, REGION, 'subscription { runsMoved { patientIds } }']) {
    expect(await subscribe(await api.signedIn('pineAnalyst'), query)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
    expect(await subscribe(api.caller(), query)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  }
  const denied = await api.sql(
    `select subject from audit_event where outcome = 'denied' and subject <> 'Session' order by at desc, id desc limit 3`,
  )
  expect(denied.map(({ subject }) => subject).sort()).toEqual(['ClinicalRecord', 'MetricRun', 'RegionOverview'])
})

test('nobody holds more than twenty watches; what asks for anything but events is told so', async () => {
  const caller = await api.signedIn('alderQualityLead')
  for (let index = 0; index < 20; index++) open.push(await watch(caller, CHARTS))
  expect(isStream(await subscribe(caller, CHARTS))).toBe(false)
  const answer = await caller.ask(CHARTS, {}, { accept: 'application/json' })
  expect(answer.status).toBe(406)
  expect((await subscribe(caller, 'subscription { nothing }')) as object).toMatchObject({ status: 400 })
})
