// Files of the patients' list: asked for, made by the worker as whoever asked would read the list, and theirs alone to download while they may.
import { forgetExports, writeExport } from '@carecommons/domain'
import { clockAt } from '@carecommons/kernel'
import { type Caller, nodesOf, openTestApi, type TestApi } from '../support/api.ts'
import { plantLabelled } from '../support/sensitive-charts.ts'

let api: TestApi
let clinician: Caller
let careManager: Caller
beforeEach(async () => {
  api = await openTestApi()
  ;[clinician, careManager] = await Promise.all([api.signedIn('alderClinician'), api.signedIn('careManager')])
})
afterEach(() => api.close())

const FIELDS = 'id format state written total expiresAt runId failure'
const ASK = `mutation ($input: AskForExportInput!) { askForExport(input: $input) { __typename ... on ListExport { ${FIELDS} } ... on Refused { code message } } }`
let keys = 0
const ask = async (caller: Caller, input: object = {}) => {
  const wish = { format: 'CSV', filter: {}, sort: 'NAME', reversed: false, columns: ['AGE', 'PHONE'], idempotencyKey: `export-${keys++}` }
  const { data, errors } = await caller.ask(ASK, { input: { ...wish, ...input } })
  expect(errors).toEqual([])
  return data.askForExport
}
const list = async (caller: Caller) => (await caller.ask(`{ listExports { ${FIELDS} } }`)).data.listExports
const work = (id: string) => writeExport({ sessions: api.world.database, clock: clockAt('2026-03-02T15:00:00Z') }, id)
const download = (caller: Caller, id: string) => caller.fetch(`/exports/lists/${id}`)
const make = async (caller: Caller, input: object = {}) => {
  const { id } = await ask(caller, input)
  await work(id)
  const [{ state, failure }] = await list(caller)
  expect({ state, failure }).toEqual({ state: 'READY', failure: null })
  return { id, text: await (await download(caller, id)).text() }
}
const linesOf = (text: string) => text.trim().split('\r\n')
const endNow = (what: string, id: string) => api.sql(`update ${what} set ended_at = now() where practice_id = $1`, [id])

test('the file has the people of the list, in its order, with its columns; formulas do not run; the same as lines of JSON', async () => {
  const [first] = api.world.charts.alder
  await api.sql(`update patient set family_name = '=HYPERLINK(1)', phone = '+1 555' where id = $1`, [first])
  const wish = { filter: { condition: 'diabetes' }, sort: 'RISK', columns: ['AGE', 'PHONE', 'CONDITIONS', 'RISK', 'A1C'] }
  const asked = await ask(clinician, wish)
  expect(asked).toMatchObject({ state: 'UNDER_WAY', written: 0, total: null, expiresAt: null })
  expect((await download(clinician, asked.id)).status).toBe(404)
  await work(asked.id)
  const listed = await clinician.ask('{ patients(condition: "diabetes", sort: RISK, first: 200) { totalCount edges { node { id age } } } }')
  const people = nodesOf(listed.data.patients)
  const [ready] = await list(clinician)
  expect(ready).toMatchObject({ id: asked.id, state: 'READY', written: people.length, total: people.length, runId: api.world.runId })
  const answer = await download(clinician, asked.id)
  expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'attachment; filename=patients.csv',
  ])
  const [head, ...rows] = linesOf(await answer.text())
  expect(head).toBe('chart,family_name,given_name,age,phone,conditions,risk_tier,risk_tier_title,risk_reasons,a1c_percent,a1c_on,notice')
  expect(rows.map((row) => row.split(',')[0])).toEqual(people.map(({ id }) => id))
  const own = rows.find((row) => row.startsWith(first!))
  if (own) expect(own).toContain("'=HYPERLINK(1)")
  const json = await make(clinician, { ...wish, format: 'NDJSON' })
  const objects = json.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(objects.map(({ chart, age }) => ({ id: chart, age }))).toEqual(people.map(({ id, age }) => ({ id, age })))
  expect(Object.keys(objects[0]!).join()).toBe(head)
  const all = await make(clinician, { columns: ['PHONE'] })
  expect(all.text).toContain("'=HYPERLINK(1)")
  expect(all.text).toContain("'+1 555")
  // Of the chosen alone, and none who is not theirs.
  const some = await make(clinician, { patientIds: [api.world.charts.alder[3], first] })
  expect(
    linesOf(some.text)
      .slice(1)
      .map((row) => row.split(',')[0]),
  ).toEqual([api.world.charts.alder[3], first])
})

test('the same key makes one file, another wish under it is refused, and three are made at a time', async () => {
  const one = await ask(clinician, { idempotencyKey: 'the-same-key' })
  expect((await ask(clinician, { idempotencyKey: 'the-same-key' })).id).toBe(one.id)
  expect(await ask(clinician, { idempotencyKey: 'the-same-key', format: 'NDJSON' })).toMatchObject({ code: 'IdempotencyKeyReused' })
  expect(await api.sql(`select name, subject_id, state, practice_id from job where name = 'lists.export'`)).toEqual([
    { name: 'lists.export', subject_id: one.id, state: 'queued', practice_id: null },
  ])
  await ask(clinician)
  await ask(clinician)
  expect(await ask(clinician)).toMatchObject({ code: 'TooManyExports' })
  expect((await ask(careManager, { idempotencyKey: 'the-same-key' })).id).not.toBe(one.id)
  // Made once, however often it is delivered.
  await Promise.all([work(one.id), work(one.id)])
  const [{ content }] = (await api.sql('select content from list_export where id = $1', [one.id])) as [{ content: string }]
  await api.sql(`update patient set family_name = 'Later'`)
  await work(one.id)
  expect(await api.sql('select content from list_export where id = $1', [one.id])).toEqual([{ content }])
})

test('nobody else has the file, in the same practice or elsewhere, whatever they may do', async () => {
  const { id } = await make(clinician)
  for (const user of ['alderAdministrator', 'birchClinician', 'careManager'] as const) {
    const other = await api.signedIn(user)
    expect({ user, status: (await download(other, id)).status, told: await list(other) }).toEqual({ user, status: 404, told: [] })
  }
  for (const user of ['alderStaff', 'alderQualityLead', 'alderPatient', 'pineAnalyst', 'analyst', 'administrator'] as const) {
    const other = await api.signedIn(user)
    expect({ user, status: (await download(other, id)).status }).toEqual({ user, status: 403 })
    expect((await other.ask('{ listExports { id } }')).errors[0]?.extensions['code']).toBe('FORBIDDEN')
    expect((await other.ask(ASK, { input: { format: 'CSV', filter: {}, sort: 'NAME', reversed: false, columns: [], idempotencyKey: 'refused-key' } })).errors[0]?.extensions['code']).toBe('FORBIDDEN') // prettier-ignore
  }
  expect((await download(api.caller(), id)).status).toBe(401)
  for (const missing of ['x', api.world.practices.alder]) expect((await download(clinician, missing)).status).toBe(404)
})

test('a care manager’s file ends with her assignment to a practice in it, and is not made after it', async () => {
  const { alder, birch } = api.world.practices
  const both = await make(careManager)
  const own = await make(careManager, { filter: { practice: alder } })
  const ids = (text: string) =>
    linesOf(text)
      .slice(1)
      .map((row) => row.split(',')[0])
  expect(ids(both.text).some((id) => api.world.charts.birch.some((chart) => chart === id))).toBe(true)
  expect(ids(own.text).every((id) => api.world.charts.alder.some((chart) => chart === id))).toBe(true)
  const late = await ask(careManager)
  await endNow('care_assignment', birch)
  expect((await download(careManager, both.id)).status).toBe(403)
  expect((await download(careManager, own.id)).status).toBe(200)
  // What is made now has what she may read now.
  await work(late.id)
  expect(ids(await (await download(careManager, late.id)).text()).every((id) => api.world.charts.alder.some((chart) => chart === id))).toBe(
    true,
  )
  const never = await ask(careManager)
  await api.sql(`update membership set ended_at = now() where role = 'care-manager'`)
  await work(never.id)
  expect(await api.sql('select state, content, failure from list_export where id = $1', [never.id])).toEqual([
    { state: 'failed', content: null, failure: expect.stringContaining('your access ended') },
  ])
})

test('labelled records are in it as in the list, with the notice that goes with them, until their consent ends', async () => {
  const chart = await plantLabelled(api, 'alder', 1)
  await api.sql(`update patient_condition set sensitivity = 'part2' where patient_id = $1 and condition = 'depression'`, [chart])
  const wish = { filter: { condition: 'depression' }, columns: ['CONDITIONS'] }
  expect((await make(careManager, wish)).text).not.toContain(chart)
  const [body] = await api.sql(`select id from organization where kind = 'coordinating-body'`)
  const given = { manner: 'WRITTEN', givenBy: 'Ben Example', givenAs: 'patient', givenOn: '2026-03-01', scope: 'Care management' }
  const consent = {
    patientId: chart,
    kind: 'SENSITIVE',
    category: 'PART2',
    recipientId: body!['id'],
    ...given,
    idempotencyKey: 'consent-key',
  }
  await careManager.ask('mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { __typename } }', { input: consent })
  const { id, text } = await make(careManager, wish)
  const row = linesOf(text).find((line) => line.startsWith(chart))!
  expect(row).toMatch(/42 CFR part 2 prohibits unauthorized use or disclosure of these records\.$/)
  expect(linesOf(text).filter((line) => line.includes('42 CFR'))).toHaveLength(1)
  const noted = await api.sql(`select action, subject_ids from audit_event where subject = 'SensitiveRecord' and role = 'care-manager'`)
  expect(noted).toContainEqual({ action: 'export', subject_ids: [chart] })
  await endNow('consent', api.world.practices.alder)
  const closed = await download(careManager, id)
  expect([closed.status, await closed.text()]).toEqual([403, expect.stringContaining('may not read all that is in this file any more')])
})

test('asking, making and downloading are noted, with whose charts; what is refused is, too', async () => {
  await api.sql('delete from audit_event')
  const patientIds = api.world.charts.alder.slice(0, 2)
  const { id } = await make(clinician, { patientIds })
  await download(await api.signedIn('birchClinician'), id)
  const rows = await api.sql(
    `select action, subject, subject_ids, practice_id, role, outcome from audit_event where subject in ('ListExport', 'Chart') order by xid, id`,
  )
  const charts = {
    action: 'export',
    subject: 'Chart',
    subject_ids: patientIds,
    practice_id: api.world.practices.alder,
    role: 'clinician',
    outcome: 'allowed',
  }
  expect(rows).toEqual([
    {
      action: 'create',
      subject: 'ListExport',
      subject_ids: [id],
      practice_id: api.world.practices.alder,
      role: 'clinician',
      outcome: 'allowed',
    },
    charts,
    charts,
    {
      action: 'export',
      subject: 'ListExport',
      subject_ids: [],
      practice_id: api.world.practices.birch,
      role: 'clinician',
      outcome: 'not-found',
    },
  ])
  expect(await api.sql(`select count(*)::int as unheard from audit_event where subject = 'ListExport' and action = 'read'`)).toEqual([
    { unheard: 0 },
  ])
})

test('a file is there for a day, then it is removed', async () => {
  const { id } = await make(clinician)
  await forgetExports(api.world.database)
  expect((await download(clinician, id)).status).toBe(200)
  await api.sql(`update list_export set finished_at = now() - interval '24 hours' where id = $1`, [id])
  expect((await download(clinician, id)).status).toBe(410)
  expect(await list(clinician)).toMatchObject([{ id, state: 'GONE' }])
  await forgetExports(api.world.database)
  expect(await api.sql('select state, content, charts from list_export')).toEqual([{ state: 'gone', content: null, charts: null }])
  expect((await download(clinician, id)).status).toBe(410)
})

test('what does not fit is said in words', async () => {
  for (const [input, code] of [
    [{ patientIds: [] }, 'TooMany'],
    [{ patientIds: Array.from({ length: 201 }, () => api.world.charts.alder[0]) }, 'TooMany'],
    [{ patientIds: ['x'] }, 'ChartNotFound'],
    [{ patientIds: [api.world.charts.alder[0], api.world.charts.birch[0]] }, 'ChartNotFound'],
    [{ idempotencyKey: 'short' }, 'IdempotencyKeyUnusable'],
  ] as const)
    expect({ input, ...(await ask(clinician, input)) }).toMatchObject({ input, code })
  for (const input of [{ filter: { condition: 'x' } }, { sort: 'DUE' }]) {
    const wish = { format: 'CSV', filter: {}, sort: 'NAME', reversed: false, columns: [], idempotencyKey: 'unfit-input', ...input }
    expect((await clinician.ask(ASK, { input: wish })).errors[0]?.extensions['code']).toBe('BAD_USER_INPUT')
  }
})
