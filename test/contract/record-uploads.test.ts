// Files of records that a practice's administrator sends: told what fits, landed in the own practice alone, every line accounted for.
import { landUpload } from '@carecommons/domain'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
let administrator: Caller
beforeEach(async () => {
  api = await openTestApi()
  administrator = await api.signedIn('alderAdministrator')
})
afterEach(() => api.close())

const ALL = `{ recordUploads { largestBytes mostLines uploads { id name bytes state sentBy lines counts { type created updated unchanged rejected }
               rejected rejections { line reason } failure } } }`
const uploads = async (caller: Caller = administrator) => (await caller.ask(ALL)).data.recordUploads.uploads
let keys = 0
const send = (content: string | Uint8Array, { as = administrator, name = 'records.ndjson', key = `upload-${keys++}` } = {}) =>
  as.fetch(`/uploads/records?${new URLSearchParams({ name, key })}`, {
    method: 'POST',
    body: content,
    headers: { 'x-commons': 'web', 'content-type': 'application/octet-stream' },
  })
const land = (id: string, practice: keyof TestApi['world']['practices'] = 'alder') => {
  const { database, practices } = api.world
  return landUpload({ sessions: database, openBulk: () => database.openBulk() }, id, practices[practice])
}
const sent = async (content: string, options: Parameters<typeof send>[1] = {}) => {
  const response = await send(content, options)
  expect(response.status).toBe(202)
  const { id } = (await response.json()) as { id: string }
  return id
}
const patient = (id: string, family = 'Newland') => ({
  resourceType: 'Patient',
  id,
  name: [{ family, given: ['Ida'] }],
  gender: 'female',
  birthDate: '1960-05-04',
})
const glucose = (id: string, of: string, value = 101) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }] },
  subject: { reference: of },
  effectiveDateTime: '2026-02-01',
  valueQuantity: { value, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' },
})
const ndjson = (resources: readonly object[]) => resources.map((one) => `${JSON.stringify(one)}\n`).join('')
const named = (family: string) => api.sql('select practice_id, given_name from patient where family_name = $1 order by 1', [family])

test('good lines land in the own practice, of every other it is told why; the same file again changes nothing', async () => {
  const lines = [
    JSON.stringify(glucose('n1-glucose', 'Patient/n1')),
    JSON.stringify({ ...patient('n1'), managingOrganization: { reference: 'Organization/birch' } }),
    'not JSON',
    '',
    JSON.stringify({ resourceType: 'Organization', id: 'o9', name: 'Another practice' }),
    JSON.stringify(glucose('lost', 'Patient/nobody')),
    JSON.stringify({ ...glucose('unfit', 'Patient/n1'), status: 'perhaps' }),
  ]
  const id = await sent(lines.join('\n'), { name: 'März.ndjson' })
  expect(await uploads()).toEqual([expect.objectContaining({ id, state: 'UNDER_WAY', lines: null, counts: [], rejections: [] })])
  await land(id)
  const [report] = await uploads()
  expect(report).toMatchObject({ id, name: 'März.ndjson', state: 'LANDED', lines: 7, rejected: 4, failure: null })
  expect(report.counts).toEqual(
    expect.arrayContaining([
      { type: 'Patient', created: 1, updated: 0, unchanged: 0, rejected: 0 },
      { type: 'Observation', created: 1, updated: 0, unchanged: 0, rejected: 2 },
      { type: 'Organization', created: 0, updated: 0, unchanged: 0, rejected: 1 },
      { type: 'unreadable', created: 0, updated: 0, unchanged: 0, rejected: 1 },
    ]),
  )
  expect(report.rejections.map(({ line }: { line: number }) => line)).toEqual([3, 5, 6, 7])
  expect(report.rejections[1].reason).toMatch(/^Organization: .*region/)
  expect(await named('Newland')).toEqual([{ practice_id: api.world.practices.alder, given_name: 'Ida' }])
  expect(await api.sql(`select from organization where name = 'Another practice'`)).toEqual([])
  // Bad lines are kept whole with their reason; the file itself is not.
  expect(await api.sql(`select convert_from(content, 'UTF8') as line from import_rejection where line = 3`)).toEqual([{ line: 'not JSON' }])
  expect(await api.sql('select from record_upload where content is not null')).toEqual([])

  const again = await sent(lines.join('\n'))
  await land(again)
  const [second] = await uploads()
  expect(second.counts).toEqual(expect.arrayContaining([{ type: 'Patient', created: 0, updated: 0, unchanged: 1, rejected: 0 }]))
  // Delivered twice, it tells what it told.
  await land(again)
  await land(id)
  expect((await uploads())[1]).toEqual(report)
})

test('a Bundle lands entry by entry; one that breaks off is told so, and nothing lands', async () => {
  const entry = [
    { fullUrl: 'urn:uuid:n2', resource: patient('n2', 'Bundler') },
    { fullUrl: 'urn:uuid:x' },
    { resource: glucose('n2-glucose', 'urn:uuid:n2') },
  ]
  const bundle = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }, null, 2)
  const id = await sent(bundle, { name: 'bundle.json' })
  await land(id)
  expect(await uploads()).toEqual([
    expect.objectContaining({ state: 'LANDED', lines: 3, rejected: 1, rejections: [{ line: 2, reason: expect.any(String) }] }),
  ])
  expect(await named('Bundler')).toHaveLength(1)
  await land(await sent(bundle.slice(0, -40).replaceAll('Bundler', 'Broken')))
  expect((await uploads())[0]).toMatchObject({ state: 'FAILED', failure: expect.stringContaining('not whole'), lines: null, counts: [] })
  expect(await named('Broken')).toEqual([])
})

test('charts of other practices are out of reach, under the same ids too', async () => {
  const theirs = 'only-theirs'
  await api.sql(`update patient set fhir_id = $2 where id = (select id from patient where practice_id = $1 order by id limit 1)`, [
    api.world.practices.birch,
    theirs,
  ])
  const before = await api.sql(`select id, family_name from patient where practice_id = $1 order by 1`, [api.world.practices.birch])
  await land(await sent(ndjson([glucose('theirs', `Patient/${theirs}`)])))
  const [report] = await uploads()
  expect(report).toMatchObject({ rejected: 1, rejections: [{ line: 1, reason: expect.stringContaining('Send the Patient first') }] })
  await land(await sent(ndjson([patient(theirs, 'Same')])))
  expect(await named('Same')).toEqual([expect.objectContaining({ practice_id: api.world.practices.alder })])
  expect(await api.sql(`select id, family_name from patient where practice_id = $1 order by 1`, [api.world.practices.birch])).toEqual(
    before,
  )
  // A worker who is told another practice finds nothing.
  const id = await sent(ndjson([patient('n3', 'Misled')]))
  await land(id, 'birch')
  expect([await named('Misled'), (await uploads())[0].state]).toEqual([[], 'UNDER_WAY'])
})

test('what does not fit is refused in words before anything is kept; three wait at once', async () => {
  const { data } = await administrator.ask(ALL)
  expect(data.recordUploads).toMatchObject({ largestBytes: 32 * 1024 * 1024, mostLines: 100_000 })
  for (const [content, options, words] of [
    ['', {}, 'empty'],
    [new Uint8Array([0x1f, 0x8b, 8, 0]), {}, 'gzip'],
    [new Uint8Array([0x50, 0x4b, 3, 4]), {}, 'zip'],
    ['\n'.repeat(100_000), {}, 'more than 100,000 lines'],
    ['{}', { name: ' ' }, 'name'],
    ['{}', { key: 'short' }, 'idempotency key'],
  ] as const) {
    const response = await send(content, options)
    expect({ words, status: response.status }).toEqual({ words, status: 422 })
    expect(await response.text()).toContain(words)
  }
  const large = await send(new Uint8Array(32 * 1024 * 1024 + 1))
  expect([large.status, await large.text()]).toEqual([413, expect.stringContaining('32 MB')])
  expect(await uploads()).toEqual([])
  const [first, same] = [await sent('{}', { key: 'the-same-key' }), await sent('{}', { key: 'the-same-key' })]
  expect(same).toBe(first)
  expect((await send('{ }', { key: 'the-same-key' })).status).toBe(422)
  for (let more = 0; more < 2; more++) await sent('{}')
  expect(await (await send('{}')).text()).toContain('are being read')
})

test('only whoever runs the practice sends and sees; both are noted', async () => {
  const id = await sent(ndjson([patient('n4')]))
  for (const user of [
    'alderClinician',
    'alderStaff',
    'alderQualityLead',
    'careManager',
    'administrator',
    'pineAnalyst',
    'alderPatient',
  ] as const) {
    const as = await api.signedIn(user)
    expect({ user, status: (await send('{}', { as })).status }).toEqual({ user, status: 403 })
    expect({ user, codes: (await as.ask(ALL)).errors.map(({ extensions }) => extensions['code']) }).toEqual({ user, codes: ['FORBIDDEN'] })
  }
  expect(await uploads(await api.signedIn('birchAdministrator'))).toEqual([])
  const noted = await api.sql(
    `select action, outcome, count(*)::int from audit_event where subject = 'RecordUpload' and action = 'create' group by 1, 2 order by 2`,
  )
  expect(noted).toEqual([
    { action: 'create', outcome: 'allowed', count: 1 },
    { action: 'create', outcome: 'denied', count: 7 },
  ])
  expect(
    await api.sql(`select subject_ids from audit_event where subject = 'RecordUpload' and outcome = 'allowed' and action = 'create'`),
  ).toEqual([{ subject_ids: [id] }])
  const anonymous = await send('{}', { as: api.caller() })
  expect(anonymous.status).toBe(401)
})
