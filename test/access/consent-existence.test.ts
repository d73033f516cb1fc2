import { newId } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import type { UserKey } from '../support/world.ts'
import { knowsOfConsent } from './matrix/permitted.ts'
import { openAbility, openPolicies } from './matrix/walls-down.ts'

const READERS: readonly UserKey[] = ['alderClinician', 'alderAdministrator', 'alderStaff', 'alderPatient', 'careManager', 'careSupervisor']
const PLANTED = [
  { kind: 'program', category: null, to: 'body' },
  { kind: 'sensitive', category: 'part2', to: 'alder' },
  { kind: 'sensitive', category: 'behavioral', to: 'body' },
  { kind: 'sensitive', category: 'part2', to: 'birch' },
] as const
type One = (typeof PLANTED)[number]
/** What stands in the scope of a consent: whoever meets it knows that there is one. */
const wordOf = ({ kind, to }: One) => `Canary ${kind} consent to ${to}`

/** Each of the consents on the chart of the patient who signs in, some revoked. */
async function plant(api: TestApi): Promise<string> {
  const { practices, coordinatingBody } = api.world
  const organizations = { ...practices, body: coordinatingBody }
  const [{ patient_id: chart }] = (await api.sql(`select patient_id from membership where role = 'patient'`)) as [{ patient_id: string }]
  for (const [n, one] of PLANTED.entries())
    await api.sql(
      `insert into consent (id, practice_id, patient_id, kind, category, recipient_id, manner, given_by, given_as, given_on, scope, recorded_by,
                            recorded_by_name, recorded_at, ended_at, idempotency_key)
       values ($1, $2, $3, $4, $5, $6, 'written', 'x', 'patient', '2026-01-01', $7, $1, 'x', now(), $8, $9)`,
      [
        newId(),
        practices.alder,
        chart,
        one.kind,
        one.category,
        organizations[one.to],
        wordOf(one),
        n === 3 ? '2026-02-01' : null,
        `existence-${n}`,
      ],
    )
  return chart
}

const CONSENTS =
  'query ($id: ID!) { patient(id: $id) { consents { kind category scope } redisclosureNotice } whyVisible(id: $id) { words } }'

for (const [walls, open] of [
  ['all walls', () => openTestApi()],
  ['row-level security alone', () => openTestApi({ ability: openAbility })],
  [
    'abilities alone',
    async () => {
      const api = await openTestApi()
      await openPolicies(api)
      return api
    },
  ],
] as const)
  test(`${walls}: that there is a consent to sensitive records is told to nobody who may not know of such records`, async () => {
    const api = await open()
    try {
      const chart = await plant(api)
      for (const user of READERS) {
        const answer = await (await api.signedIn(user)).ask(CONSENTS, { id: chart })
        expect(answer.errors).toEqual([])
        const met = PLANTED.filter((one) => answer.text.includes(wordOf(one)))
        expect({ user, met }).toEqual({ user, met: PLANTED.filter((one) => knowsOfConsent(user, one)) })
      }
    } finally {
      await api.close()
    }
  })

const RECORD = `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { __typename ... on Consent { id givenOn } ... on Refused { code } } }`
const END = 'mutation ($id: ID!) { endConsent(id: $id) { __typename ... on Refused { code } } }'

describe('recording', () => {
  let api: TestApi
  let chart: string
  beforeAll(async () => {
    api = await openTestApi()
    chart = await plant(api)
  })
  afterAll(() => api.close())

  let keys = 0
  const record = (caller: Caller, more: object = {}) =>
    caller.ask(RECORD, {
      input: {
        patientId: chart,
        kind: 'PROGRAM',
        manner: 'WRITTEN',
        givenBy: 'Pia Alder',
        givenAs: 'patient',
        givenOn: '2026-02-01',
        scope: 'Care management',
        idempotencyKey: `recording-${keys++}`,
        ...more,
      },
    })
  const count = async () => (await api.sql('select count(*)::int as n from consent'))[0]!['n']
  const answer = async (caller: Caller, more: object) => {
    const { data, errors } = await record(caller, more)
    return errors[0]?.extensions['code'] ?? data.recordConsent.code ?? data.recordConsent.__typename
  }

  test('the front desk records consents to care management and no others, and ends none', async () => {
    const staff = await api.signedIn('alderStaff')
    const { practices, coordinatingBody } = api.world
    const before = await count()
    for (const recipientId of [null, practices.alder, practices.birch, coordinatingBody])
      for (const category of ['PART2', 'BEHAVIORAL'])
        expect(await answer(staff, { kind: 'SENSITIVE', category, recipientId })).toBe('FORBIDDEN')
    expect(await answer(staff, { recipientId: practices.birch })).toBe('RecipientUnknown')
    expect(await count()).toBe(before)
    expect(await answer(staff, {})).toBe('Consent')
    expect(await answer(staff, { recipientId: practices.alder })).toBe('Consent')
    const { data } = await staff.ask(
      'query ($id: ID!) { patient(id: $id) { viewerCan { recordConsent recordSensitiveConsent endConsent } } }',
      { id: chart },
    )
    expect(data.patient.viewerCan).toEqual({ recordConsent: true, recordSensitiveConsent: false, endConsent: false })
  })

  test('a care manager records, and ends, sensitive consents to the own organization alone; another is as if there were none', async () => {
    const careManager = await api.signedIn('careManager')
    const { practices, coordinatingBody } = api.world
    const sensitive = { kind: 'SENSITIVE', category: 'PART2' }
    expect(await answer(careManager, { ...sensitive, recipientId: practices.birch })).toBe('ConsentNotYours')
    expect(await answer(careManager, sensitive)).toBe('ConsentNotYours')
    expect(await answer(careManager, { ...sensitive, recipientId: coordinatingBody })).toBe('Consent')
    const idTo = async (scope: string) => (await api.sql('select id from consent where scope = $1', [scope]))[0]!['id'] as string
    const ended = await careManager.ask(END, { id: await idTo(wordOf(PLANTED[1])) })
    expect(ended.text).toBe((await careManager.ask(END, { id: newId() })).text)
    expect(ended.data.endConsent).toEqual({ __typename: 'Refused', code: 'ConsentNotFound' })
    expect((await careManager.ask(END, { id: await idTo(wordOf(PLANTED[2])) })).data.endConsent.__typename).toBe('Consent')
  })

  test('a consent is given on a day that can be: after birth, after there were such consents, not in the future; and revoked later', async () => {
    const clinician = await api.signedIn('alderClinician')
    const [{ born }] = (await api.sql('select birth_date::text as born from patient where id = $1', [chart])) as [{ born: string }]
    const dayBefore = new Date(Date.parse(born) - 86_400_000).toISOString().slice(0, 10)
    for (const user of ['alderClinician', 'alderStaff', 'careManager'] as const)
      for (const givenOn of ['1800-01-01', dayBefore, '1975-06-30'])
        expect({ user, givenOn, code: await answer(await api.signedIn(user), { givenOn }) }).toEqual({
          user,
          givenOn,
          code: 'ConsentTooEarly',
        })
    await api.sql('update patient set birth_date = null where id = $1', [chart])
    expect(await answer(clinician, { givenOn: '1975-06-30' })).toBe('ConsentTooEarly')
    expect(await answer(clinician, { givenOn: '1975-07-01' })).toBe('Consent')
    await api.sql('update patient set birth_date = $2 where id = $1', [chart, '2020-05-05'])
    expect(await answer(clinician, { givenOn: '2020-05-04' })).toBe('ConsentTooEarly')
    expect(await answer(clinician, { givenOn: '2020-05-05' })).toBe('Consent')
    expect(await answer(clinician, { givenOn: '2026-03-03' })).toBe('ConsentInFuture')
    const { data } = await record(clinician)
    await clinician.ask(END, { id: data.recordConsent.id })
    expect(
      await api.sql('select ended_at >= recorded_at and recorded_at::date >= given_on as late from consent where id = $1', [
        data.recordConsent.id,
      ]),
    ).toEqual([{ late: true }])
  })

  test('what was shared under a sensitive category is told at the other practice to those alone who may read such records', async () => {
    const { practices } = api.world
    await api.sql(
      `insert into share_grant (id, practice_id, patient_id, recipient_id, categories, types, basis, expires_at, granted_by, granted_by_name,
                                granted_at, idempotency_key)
       values (uuidv7(), $1, $2, $3, '{problems,part2}', '{Condition}', 'treatment', '2099-01-01', uuidv7(), 'x', now(), 'part2')`,
      [practices.cedar, api.world.charts.cedar[0], practices.alder],
    )
    const ASK =
      'query ($id: ID!) { sharedCharts { edges { node { categories } } } patient(id: $id) { guestAccess { categories words } } whyVisible(id: $id) { words } }'
    for (const [user, knows] of [
      ['alderClinician', true],
      ['alderStaff', false],
      ['alderQualityLead', false],
    ] as const) {
      const { text, errors } = await (await api.signedIn(user)).ask(ASK, { id: api.world.charts.cedar[0] })
      expect(errors).toEqual([])
      expect({ user, knows: /part2/i.test(text) }).toEqual({ user, knows })
      expect(text).toContain('PROBLEMS')
    }
  })
})
