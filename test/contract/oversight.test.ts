import { nodesOf, openTestApi, type Caller, type TestApi } from '../support/api.ts'
import { canaries, type UserKey } from '../support/world.ts'

let api: TestApi
const callers = new Map<UserKey, Caller>()
beforeAll(async () => {
  api = await openTestApi()
  for (const user of [
    'alderAdministrator',
    'birchAdministrator',
    'alderClinician',
    'alderPatient',
    'careManager',
    'auditor',
    'pineAnalyst',
  ] as const)
    callers.set(user, await api.signedIn(user))
  await api.sql('delete from audit_event')
  const [one, two] = api.world.charts.alder
  await by('alderClinician', `{ patient(id: "${one}") { id } }`)
  await by('careManager', `{ patient(id: "${two}") { id } }`)
  await by('careManager', `{ patient(id: "${api.world.charts.birch[0]}") { id } }`)
  await by('alderClinician', '{ auditEvents { edges { node { id } } } }')
})
afterAll(() => api.close())

const by = (user: UserKey, query: string, variables = {}) => callers.get(user)!.ask(query, variables)
const PAGE = `query ($filter: AuditFilter, $first: Int, $after: String) { auditEvents(filter: $filter, first: $first, after: $after) {
  edges { node { at actor { userId name role title organization { slug } } purpose practice { slug } action subject subjectIds chart { id name } outcome } }
  pageInfo { hasNextPage endCursor } } }`
const events = async (user: UserKey, filter = {}) =>
  (await by(user, PAGE, { filter })).data.auditEvents.edges.map(({ node }: { node: object }) => node)
const charts = { subject: 'Chart' }

test('a practice sees who looked at its charts, by name wherever they work, and why; never the audit of another', async () => {
  const [one, two] = api.world.charts.alder
  const seen = await events('alderAdministrator', { ...charts, outcome: 'allowed' })
  expect(seen.slice(-2)).toEqual([
    expect.objectContaining({
      actor: expect.objectContaining({
        name: 'Cara Manager',
        role: 'care-manager',
        title: 'Care manager',
        organization: { slug: 'riverton' },
      }),
      purpose: 'treatment',
      subjectIds: [two],
      chart: { id: two, name: expect.stringContaining(canaries.alder) },
      practice: { slug: 'alder' },
    }),
    expect.objectContaining({ actor: expect.objectContaining({ name: 'Casey Alder' }), subjectIds: [one] }),
  ])
  expect((await events('alderAdministrator', { outcome: 'denied' })).map(({ subject }: { subject: string }) => subject)).toEqual([
    'AuditEvent',
  ])
  const { text } = await by('birchAdministrator', PAGE)
  expect(text).toContain('Cara Manager')
  expect(text).not.toMatch(/Casey Alder|"alder"/)
  expect(await events('birchAdministrator', { practiceId: api.world.practices.alder })).toEqual([])
  expect(await events('alderAdministrator', { practiceId: 'no id' })).toEqual([])
})

test('an auditor sees ids of every practice and no name of a person', async () => {
  const seen = await events('auditor', charts)
  expect(new Set(seen.map(({ practice }: { practice: { slug: string } }) => practice.slug))).toEqual(new Set(['alder', 'birch']))
  const { text } = await by('auditor', PAGE)
  expect(text).not.toMatch(/Casey|Cara|canary/i)
})

test('filters and pages', async () => {
  const [one] = api.world.charts.alder
  expect(await events('alderAdministrator', { patientId: one, ...charts, outcome: 'allowed', purpose: 'treatment' })).toHaveLength(1)
  const today = new Date(Date.parse('2026-03-02T15:00:00Z')).toISOString().slice(0, 10)
  expect((await events('auditor', { ...charts, from: today, to: today })).length).toBeGreaterThan(2)
  expect(await events('auditor', { from: '2026-03-03' })).toEqual([])
  const wrong = await by('auditor', PAGE, { filter: { from: '2026-03-03', to: '2026-03-02' } })
  expect(wrong.errors[0]!.extensions['code']).toBe('BAD_USER_INPUT')
  for (const after of [
    'x',
    Buffer.from('["2026-13-45T00:00:00.000000Z","x"]').toString('base64url'),
    Buffer.from('[]').toString('base64url'),
  ])
    expect((await by('auditor', PAGE, { after })).errors[0]!.extensions['code']).toBe('BAD_USER_INPUT')
  const whole = (await events('auditor', charts)) as object[]
  const paged: object[] = []
  for (let after: string | null = null; paged.length < 20;) {
    const { data } = (await by('auditor', PAGE, { filter: charts, first: 2, after })) as { data: any }
    paged.push(...data.auditEvents.edges.map(({ node }: { node: object }) => node))
    after = data.auditEvents.pageInfo.endCursor
    if (!data.auditEvents.pageInfo.hasNextPage) break
  }
  expect(paged).toEqual(whole)
})

test('a summary says how many looked at how many charts and how many were refused', async () => {
  const { data } = await by(
    'alderAdministrator',
    '{ auditSummary(filter: { to: "2030-01-01" }) { people charts refused emergencies events } }',
  )
  expect(data.auditSummary).toMatchObject({ people: expect.any(Number), charts: 2, refused: 1, emergencies: 0 })
  expect(data.auditSummary.people).toBeGreaterThanOrEqual(2)
})

test('reading the audit is in the audit', async () => {
  await api.sql('delete from audit_event')
  await by('alderAdministrator', PAGE, { filter: { patientId: api.world.charts.alder[0] } })
  const rows = await api.sql('select action, subject, subject_ids, purpose, practice_id from audit_event')
  expect(rows).toEqual([
    {
      action: 'read',
      subject: 'AuditEvent',
      subject_ids: [api.world.charts.alder[0]],
      purpose: 'oversight',
      practice_id: api.world.practices.alder,
    },
  ])
})

const disclose = (purpose: string, subject: string, ago: string, organization: string, outcome = 'allowed') =>
  api.sql(
    `insert into audit_event (id, at, user_id, organization_id, role, purpose, practice_id, action, subject, subject_ids, outcome, correlation_id)
     select uuidv7(), now() - $1::interval, u.id, $2, 'clinician', $3, $4, 'read', $5, array[$6::uuid], $7, uuidv7()
       from app_user u where u.name = 'Casey Birch'`,
    [ago, organization, purpose, api.world.practices.alder, subject, own, outcome],
  )
let own = ''

test('disclosures: six years, of Part 2 records three; treatment at home, refusals and what is older are none; the patient reads the own', async () => {
  const { alder, birch } = api.world.practices
  const [patient] = await api.sql(`select patient_id from membership where patient_id is not null`)
  own = patient!['patient_id'] as string
  await disclose('shared', 'Chart', '5 years', birch)
  await disclose('emergency', 'Chart', '1 day', birch)
  await disclose('treatment', 'SensitiveRecord', '2 years', birch)
  await disclose('treatment', 'SensitiveRecord', '4 years', birch)
  await disclose('shared', 'Chart', '7 years', birch)
  await disclose('treatment', 'Chart', '1 day', birch)
  await disclose('shared', 'Chart', '1 day', alder)
  await disclose('emergency', 'Chart', '1 day', birch, 'denied')
  const ask = (id: string) => `{ disclosures(patientId: "${id}") { at what why to { name role organization { slug } } } }`
  const expected = [
    ['Chart', 'emergency'],
    ['SensitiveRecord', 'treatment'],
    ['Chart', 'shared'],
  ]
  for (const user of ['alderClinician', 'alderAdministrator', 'alderPatient'] as const) {
    const { data, errors } = await by(user, ask(own))
    expect(errors).toEqual([])
    expect(data.disclosures.map(({ what, why }: { what: string; why: string }) => [what, why])).toEqual(expected)
    expect(data.disclosures[0].to).toEqual({
      name: user === 'alderPatient' ? null : 'Casey Birch',
      role: 'clinician',
      organization: { slug: 'birch' },
    })
  }
  const other = api.world.charts.alder.find((id) => id !== own)!
  for (const id of [other, api.world.charts.birch[0]!, 'no id']) expect((await by('alderPatient', ask(id))).data.disclosures).toEqual([])
  expect((await by('birchAdministrator', ask(own))).data.disclosures).toEqual([])
})

test('a look in an emergency stands out: counted, by name, with its reason, and disclosed to the patient', async () => {
  const noted = () => api.sql(`select 1 from audit_event where subject = 'EmergencyAccess' and action = 'read' and outcome = 'allowed'`)
  const before = (await noted()).length
  // To look at what was opened is no emergency.
  await by('alderAdministrator', '{ emergencies { edges { node { id } } } }')
  expect((await noted()).length).toBeGreaterThan(before)
  const { data } = await by('alderAdministrator', '{ auditSummary { emergencies } }')
  expect(data.auditSummary.emergencies).toBe(1)
  const [look] = await events('alderAdministrator', { purpose: 'emergency', outcome: 'allowed' })
  expect(look).toMatchObject({ actor: { name: 'Casey Birch', organization: { slug: 'birch' } }, purpose: 'emergency', subjectIds: [own] })
  const { data: told } = await by('alderPatient', `{ disclosures(patientId: "${own}") { why } }`)
  expect(told.disclosures).toContainEqual({ why: 'emergency' })
})

test('the auditor sees who could look, by which rule, and how far the audit is sealed', async () => {
  const { data, errors } = await by(
    'auditor',
    `{ recordReaders(practiceId: "${api.world.practices.alder}") { edges { node { actor { name role userId } basis opens } } } auditChains { practice { slug } sealed waiting } }`,
  )
  expect(errors).toEqual([])
  const readers = nodesOf(data.recordReaders) as { actor: { name: string | null; role: string }; basis: string; opens: string[] }[]
  expect(
    readers
      .filter(({ basis }) => basis !== 'membership')
      .map(({ actor }) => actor.role)
      .sort(),
  ).toEqual(['care-manager', 'care-supervisor'])
  expect(readers.find(({ actor }) => actor.role === 'practice-staff')!.opens).toEqual(['Chart', 'Identifiers'])
  expect(readers.every(({ actor }) => actor.name === null)).toBe(true)
  expect(data.auditChains.some(({ waiting }: { waiting: number }) => waiting > 0)).toBe(true)
})

describe('export as FHIR AuditEvent', () => {
  const lines = async (user: UserKey, query = '') => {
    const response = await callers.get(user)!.fetch(`/exports/audit.ndjson${query}`)
    const text = await response.text()
    return {
      response,
      text,
      resources:
        response.status === 200
          ? text
              .trim()
              .split('\n')
              .filter(Boolean)
              .map((line) => JSON.parse(line) as any)
          : [],
    }
  }

  test('within the reach of who asks, coded, streamed over many pages, and noted once', async () => {
    await api.sql('delete from audit_event')
    await by('alderClinician', `{ patient(id: "${api.world.charts.alder[0]}") { id } }`)
    await by('careManager', `{ patient(id: "${api.world.charts.birch[0]}") { id } }`)
    await api.sql(
      `insert into audit_event (id, at, purpose, practice_id, action, subject, subject_ids, outcome, correlation_id)
       select uuidv7(), '2026-03-02T14:00:00Z', 'system', $1, 'read', 'Chart', '{}', 'denied', uuidv7() from generate_series(1, 2500)`,
      [api.world.practices.alder],
    )
    api.setNow('2026-03-02T15:00:01Z')
    const { response, resources, text } = await lines('alderAdministrator', '?from=2026-03-01&to=2026-03-02')
    expect(response.headers.get('content-type')).toContain('application/fhir+ndjson')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(resources).toHaveLength(2501)
    expect(new Set(resources.map(({ id }) => id)).size).toBe(2501)
    expect(text).not.toContain(api.world.practices.birch)
    expect(text).not.toMatch(/canary/i)
    const look = resources.find(({ outcome }) => outcome === '0')
    expect(look).toMatchObject({
      resourceType: 'AuditEvent',
      type: { code: 'rest' },
      action: 'R',
      purposeOfEvent: [{ coding: [{ code: 'TREAT' }] }],
      agent: [{ role: [{ coding: [{ code: 'clinician' }] }], requestor: true }, { requestor: false }],
      source: { observer: { display: 'CareCommons' }, site: api.world.practices.alder },
    })
    expect(look.entity[0].what).toEqual({ reference: `Patient/${api.world.charts.alder[0]}` })
    expect(await api.sql(`select outcome, subject, practice_id from audit_event where action = 'export'`)).toEqual([
      { outcome: 'allowed', subject: 'AuditEvent', practice_id: api.world.practices.alder },
    ])
    expect((await lines('auditor')).resources.length).toBeGreaterThan(2501)
  })

  test('refused to others, noted; unreadable days are said; what cannot be noted is not sent', async () => {
    await api.sql('delete from audit_event')
    expect((await lines('alderClinician')).response.status).toBe(403)
    expect(await api.sql('select action, subject, outcome from audit_event')).toEqual([
      { action: 'export', subject: 'AuditEvent', outcome: 'denied' },
    ])
    expect((await api.caller().fetch('/exports/audit.ndjson')).status).toBe(401)
    for (const query of ['?from=yesterday', '?from=2026-03-02&to=2026-03-01', '?from=2026-02-30'])
      expect((await lines('auditor', query)).response.status).toBe(400)
    await api.sql(`alter table audit_event add constraint full_disk check (action <> 'export') not valid`)
    const { response, text } = await lines('auditor')
    await api.sql('alter table audit_event drop constraint full_disk')
    expect(response.status).toBe(500)
    expect(text).not.toContain('AuditEvent')
  })
})

test('the looks of one person that belong together are one line with their number; the rows stay', async () => {
  const chart = api.world.charts.alder[4]!
  const [{ user_id: user, membership_id: membership }] = (await api.sql(
    `select user_id, id as membership_id from membership where role = 'care-manager'`,
  )) as [{ user_id: string; membership_id: string }]
  const look = (at: string, purpose: string, subject: string, outcome = 'allowed') =>
    api.sql(
      `insert into audit_event (id, at, user_id, membership_id, role, organization_id, purpose, practice_id, action, subject, subject_ids, outcome, correlation_id)
       values (uuidv7(), $1, $2, $3, 'care-manager', $4, $5, $6, 'read', $7, array[$8]::uuid[], $9, uuidv7())`,
      [at, user, membership, api.world.coordinatingBody, purpose, api.world.practices.alder, subject, chart, outcome],
    )
  const before = await api.sql('select 1 from audit_event')
  for (const second of ['00', '01', '30']) await look(`2026-03-01T10:00:${second}Z`, 'treatment', 'Chart')
  await look('2026-03-01T10:01:15Z', 'treatment', 'SensitiveRecord')
  await look('2026-03-01T10:01:16Z', 'emergency', 'Chart')
  await look('2026-03-01T10:02:16Z', 'treatment', 'Chart')
  // Whoever was refused has seen nothing.
  await look('2026-03-01T10:09:00Z', 'treatment', 'Chart', 'denied')
  const ASK = 'query ($id: ID!) { chartLooks(patientId: $id) { actor { name } purpose from until subjects times } }'
  const { data } = await by('alderAdministrator', ASK, { id: chart })
  const line = (purpose: string, from: string, until: string, times: number, subjects: string[]) => ({
    actor: { name: 'Cara Manager' },
    purpose,
    from: `2026-03-01T10:${from}.000Z`,
    until: `2026-03-01T10:${until}.000Z`,
    subjects,
    times,
  })
  expect(data.chartLooks).toEqual([
    line('treatment', '02:16', '02:16', 1, ['Chart']),
    line('emergency', '01:16', '01:16', 1, ['Chart']),
    line('treatment', '00:00', '01:15', 4, ['Chart', 'SensitiveRecord']),
  ])
  expect(await api.sql('select 1 from audit_event')).toHaveLength(before.length + 8)
  expect((await by('birchAdministrator', ASK, { id: chart })).data.chartLooks).toEqual([])
  expect((await by('alderClinician', ASK, { id: chart })).errors[0]?.extensions['code']).toBe('FORBIDDEN')
  await api.sql('delete from audit_event where at < $1', ['2026-03-02'])
})
