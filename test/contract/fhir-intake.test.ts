// Record systems of practices send single resources; they read nothing but what became of them.
import { openBulk } from '@carecommons/database'
import { openTestApi, type TestApi } from '../support/api.ts'
import { PULL_SCOPE, registered, tokenOf } from '../support/systems.ts'
import { canaries, NOW } from '../support/world.ts'

let api: TestApi
let token: string
let patients: Record<'alder' | 'birch', string>

beforeAll(async () => {
  api = await openTestApi()
  const administrator = await api.signedIn('administrator')
  const feed = await registered(administrator, { organizationId: api.world.practices.alder, scopes: ['system/*.c'] })
  token = await tokenOf(api, feed, NOW, 'system/*.c')
  const fhirId = async (id: string): Promise<string> => (await api.sql('select fhir_id from patient where id = $1', [id]))[0]!.fhir_id
  // The practices of this region number their patients alike; this one is nobody at Alder.
  await api.sql(`update patient set fhir_id = 'of-birch-alone' where id = $1`, [api.world.charts.birch[0]])
  patients = { alder: await fhirId(api.world.charts.alder[0]!), birch: await fhirId(api.world.charts.birch[0]!) }
}, 60_000)
afterAll(() => api.close())

const a1c = (value: number, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
  subject: { reference: `Patient/${patients.alder}` },
  effectiveDateTime: '2026-03-02T09:00:00-05:00',
  valueQuantity: { value, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
  ...more,
})

interface Outcome {
  readonly status: number
  readonly headers: Headers
  readonly code: string
  readonly words: string
}

async function send(body: object | string, headers: Record<string, string> = {}, type = 'Observation'): Promise<Outcome> {
  const response = await fetch(`${api.url}/fhir/${type}`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json', authorization: `Bearer ${token}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  expect(response.headers.get('content-type')).toMatch(/^application\/(fhir\+)?json/)
  for (const canary of Object.values(canaries)) expect(text).not.toContain(canary)
  const [issue] = (JSON.parse(text) as { issue?: { code: string; diagnostics: string }[] }).issue ?? []
  return { status: response.status, headers: response.headers, code: issue?.code ?? '', words: issue?.diagnostics ?? text }
}

const versions = async (id: string) => (await api.sql('select count(*)::int as n from resource_version where fhir_id = $1', [id]))[0]!.n

test('a result corrected to be of another patient leaves the chart in which it stood, and its summary; an HbA1c in another unit is no percentage', async () => {
  const [first, second] = api.world.charts.alder
  const [other] = await api.sql('select fhir_id from patient where id = $1', [second])
  const latest = async () =>
    (
      await api.sql('select a1c::float from patient_summary where patient_id = any ($1::uuid[]) order by patient_id', [[first, second]])
    ).map((row) => row['a1c'])
  const before = await latest()
  const on = { effectiveDateTime: '2026-03-02T10:00:00-05:00', id: 'lab-moved' }
  expect((await send(a1c(6.6, on))).status).toBe(201)
  expect(await latest()).toEqual([6.6, before[1]])
  expect((await send(a1c(6.6, { ...on, status: 'corrected', subject: { reference: `Patient/${other!['fhir_id']}` } }))).status).toBe(201)
  expect(await latest()).toEqual([before[0], 6.6])
  expect(await api.sql('select from dirty_chart')).toEqual([])
  const inOtherUnit = { valueQuantity: { value: 100, unit: 'mmol/mol', system: 'http://unitsofmeasure.org', code: 'mmol/mol' } }
  expect((await send(a1c(0, { ...on, id: 'lab-other-scale', ...inOtherUnit }))).status).toBe(201)
  expect(await latest()).toEqual([before[0], 6.6])
  await api.sql(`delete from clinical_fact where fhir_id in ('lab-moved', 'lab-other-scale')`)
  await api.sql('update patient_summary set a1c = $1 where patient_id = $2', [before[1], second])
})

test('a result lands in its chart with its summary and one audit row; again it changes nothing; other content corrects it', async () => {
  const before = (await api.sql(`select count(*)::int as n from audit_event where subject = 'Intake'`))[0]!.n
  expect(await send(a1c(9.4, { id: 'lab-1' }))).toMatchObject({ status: 201, code: 'informational' })
  const summary = () => api.sql('select a1c::float, a1c_on::text from patient_summary where patient_id = $1', [api.world.charts.alder[0]])
  expect(await summary()).toEqual([{ a1c: 9.4, a1c_on: '2026-03-02' }])
  expect((await send(a1c(9.4, { id: 'lab-1' }))).status).toBe(200)
  expect(await versions('lab-1')).toBe(1)
  const corrected = await send(a1c(7.4, { id: 'lab-1', status: 'corrected' }))
  expect(corrected).toMatchObject({ status: 200, words: 'Received: it corrects what came before.' })
  expect(corrected.headers.get('location')).toBe('/fhir/Observation/lab-1')
  expect(await versions('lab-1')).toBe(2)
  expect(await summary()).toEqual([{ a1c: 7.4, a1c_on: '2026-03-02' }])
  const rows = await api.sql(
    `select role, practice_id, subject_ids, outcome from audit_event where subject = 'Intake' order by at offset $1`,
    [before],
  )
  expect(rows).toEqual(
    [1, 2, 3].map(() => ({
      role: 'feed-system',
      practice_id: api.world.practices.alder,
      subject_ids: [api.world.charts.alder[0]],
      outcome: 'allowed',
    })),
  )
})

test('an older version that comes late changes nothing, in whichever chart the newer one stands; it is kept, and what was here before is nothing new', async () => {
  const [, second] = api.world.charts.alder
  const [other] = await api.sql('select fhir_id from patient where id = $1', [second])
  const on = { effectiveDateTime: '2026-03-04T10:00:00-05:00' }
  const at = (lastUpdated: string, versionId = '1') => ({ meta: { lastUpdated, versionId } })
  const stands = async (id: string) =>
    (await api.sql('select value::float from clinical_fact where fhir_id = $1', [id])).map((row) => row['value'])
  const first = a1c(9.9, { ...on, id: 'late', ...at('2026-03-04T18:00:00+02:00') })
  const newest = a1c(7.1, { ...on, id: 'late', status: 'corrected', ...at('2026-03-04T17:00:00Z') })
  expect([(await send(first)).status, (await send(newest)).status]).toEqual([201, 200])
  expect(await send(a1c(11.7, { ...on, id: 'late', ...at('2026-03-04T16:30:00Z', '9') }))).toMatchObject({ status: 409, code: 'conflict' })
  expect((await send(first)).words).toBe('Nothing new: it is here already.')
  expect([await stands('late'), await versions('late')]).toEqual([[7.1], 2])
  const kept = await api.sql(`select convert_from(content, 'UTF8') as content from import_rejection where code = 'older-version'`)
  expect(kept.map((row) => JSON.parse(row['content']).valueQuantity.value)).toEqual([11.7])

  const moved = a1c(7.1, { ...on, id: 'late', ...at('2026-03-05T17:00:00Z'), subject: { reference: `Patient/${other!['fhir_id']}` } })
  expect((await send(moved)).status).toBe(201)
  expect((await send(a1c(8, { ...on, id: 'late', ...at('2026-03-05T16:00:00Z') }))).status).toBe(409)
  expect((await send(newest)).status).toBe(200)
  expect(await api.sql(`select patient_id, value::float from clinical_fact where fhir_id = 'late'`)).toEqual([
    { patient_id: second, value: 7.1 },
  ])

  const numbered = (value: number, versionId: string) => a1c(value, { ...on, id: 'numbered', meta: { versionId } })
  expect([(await send(numbered(6, '10'))).status, (await send(numbered(5, '9'))).status]).toEqual([201, 409])
  expect([(await send(numbered(4, 'b'))).status, (await send(a1c(3, { ...on, id: 'numbered' }))).status]).toEqual([200, 200])
  expect(await stands('numbered')).toEqual([3])
  await api.sql(`delete from clinical_fact where fhir_id in ('late', 'numbered')`)
})

test('without an id it is found again by its identifier, or by its content', async () => {
  const identifier = [{ system: 'urn:lab', value: 'A-77' }]
  const first = await send(a1c(8, { identifier }))
  const again = await send(a1c(8.5, { identifier }))
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.headers.get('location')).toBe(first.headers.get('location'))
  expect([(await send(a1c(6.1))).status, (await send(a1c(6.1))).status]).toEqual([201, 200])
})

test('If-None-Exist keeps what came first', async () => {
  const identifier = [{ system: 'urn:lab', value: 'B-1' }]
  const header = { 'if-none-exist': 'identifier=urn:lab|B-1' }
  expect((await send(a1c(8, { identifier }), header)).status).toBe(201)
  const second = await send(a1c(5, { identifier }), header)
  expect(second).toMatchObject({ status: 200, words: 'Nothing new: it is here already.' })
  const id = second.headers.get('location')!.split('/').at(-1)!
  expect(await versions(id)).toBe(1)
  expect((await send(a1c(5), header)).status).toBe(422)
  expect((await send(a1c(5, { identifier }), { 'if-none-exist': '_id=1' })).status).toBe(400)
})

test('a patient of another practice is as unknown as nobody', async () => {
  const [foreign, nobody] = [patients.birch, 'nobody'].map((id) => a1c(9, { subject: { reference: `Patient/${id}` } }))
  const answers = [await send(foreign!), await send(nobody!)].map(({ status, code, words }) => ({ status, code, words }))
  expect(answers[0]).toEqual(answers[1])
  expect(answers[0]).toMatchObject({ status: 422, code: 'not-found' })
  const birch = await api.sql(
    `select count(*)::int as n from resource_version where practice_id = $1 and type = 'Observation' and watermark > 7`,
    [api.world.practices.birch],
  )
  expect(birch[0]!.n).toBe(0)
})

test('a new person becomes a chart of the sender’s practice, whatever the resource says', async () => {
  const person = {
    ...{ resourceType: 'Patient', id: 'new-1', name: [{ family: 'Newly', given: ['Nan'] }], gender: 'female', birthDate: '1950-02-03' },
    managingOrganization: { reference: 'Organization/somebody-else' },
  }
  expect((await send(person, {}, 'Patient')).status).toBe(201)
  expect(await api.sql(`select practice_id from patient where fhir_id = 'new-1'`)).toEqual([{ practice_id: api.world.practices.alder }])
})

const misshapen: [string, () => object | string, number, string][] = [
  ['what is no JSON', () => '{"resourceType":', 400, 'structure'],
  ['a list', () => '[]', 400, 'structure'],
  ['another type than the address says', () => ({ resourceType: 'Condition' }), 422, 'invalid'],
  ['an element that FHIR does not have', () => a1c(7, { colour: 'red' }), 422, 'invalid'],
  ['a day that is on no calendar', () => a1c(7, { effectiveDateTime: '2026-02-30' }), 422, 'invalid'],
  ['NUL', () => a1c(7, { id: 'nul', note: [{ text: '\0' }] }), 422, 'invalid'],
  ['a megabyte and more', () => a1c(7, { note: [{ text: 'x'.repeat(1 << 20) }] }), 413, 'too-long'],
]
test.each(misshapen)('%s is told off and lands nowhere', async (_, body, status, code) => {
  const before = (await api.sql('select count(*)::int as n from resource_version'))[0]!.n
  expect(await send(body())).toMatchObject({ status, code })
  expect((await api.sql('select count(*)::int as n from resource_version'))[0]!.n).toBe(before)
})

test('a directory entry, a list of resources, a form: not here', async () => {
  expect((await send({ resourceType: 'Organization', id: 'x', name: 'X' }, {}, 'Organization')).status).toBe(422)
  expect((await send(a1c(7), { 'content-type': 'text/plain' })).status).toBe(415)
  const read = await fetch(`${api.url}/fhir/Observation/lab-1`, { headers: { authorization: `Bearer ${token}` } })
  expect([read.status, await read.text()]).toEqual([404, expect.not.stringContaining('7.4')])
})

test('people, payers and programs without the scope send nothing', async () => {
  const payer = await registered(await api.signedIn('administrator'), { organizationId: api.world.payers.pine })
  const pull = await tokenOf(api, payer, NOW, PULL_SCOPE)
  expect((await send(a1c(7), { authorization: `Bearer ${pull}` })).status).toBe(403)
  expect((await send(a1c(7), { authorization: 'Bearer nothing' })).status).toBe(401)
  const clinician = await api.signedIn('alderClinician')
  const asPerson = await clinician.fetch('/fhir/Observation', {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(a1c(7)),
  })
  expect(asPerson.status).toBe(403)
  const denied = await api.sql(`select role from audit_event where subject = 'Intake' and outcome = 'denied' order by role`)
  expect(denied).toEqual([{ role: 'clinician' }, { role: 'payer-system' }])
})

test('while an import has the region it is asked to come again', async () => {
  const importing = await openBulk(api.appUrl)
  let done = (): void => undefined
  const held = new Promise<void>((resolve) => (done = resolve))
  let begin = (): void => undefined
  const begun = new Promise<void>((resolve) => (begin = resolve))
  const work = importing.exclusively('commons import', () => {
    begin()
    return held
  })
  await begun
  const answer = await send(a1c(7, { id: 'later' }))
  done()
  await work
  await importing.close()
  expect([answer.status, answer.code, answer.headers.get('retry-after')]).toEqual([503, 'transient', '30'])
  expect((await send(a1c(7, { id: 'later' }))).status).toBe(201)
}, 20_000)
