// What a chart calls its payer may be somebody's name: it reaches nobody but that chart's practice and who administers organizations.
import { rmSync } from 'node:fs'
import { everyDatabaseRole } from '@carecommons/access'
import { openDatabase } from '@carecommons/database'
import { Client } from 'pg'
import { filesNamed, runImport } from '../../services/cli/src/import-command.ts'
import type { Commons } from '../../services/cli/src/open-commons.ts'
import { folderOf, patient, type Resource } from '../conformance/import/resources.ts'
import { openTestApi, type TestApi } from '../support/api.ts'

const STRANGER = 'Ferdinand Ownmoney'
const beneficiary = { reference: 'Patient/zoe' }
const cover = (id: string, more: object): Resource => ({ resourceType: 'Coverage', id, status: 'active', beneficiary, ...more })
const claim = (id: string, coverage: object, more: object = {}): Resource => ({
  ...{ resourceType: 'Claim', id, status: 'active', type: { text: 'x' }, use: 'claim', patient: beneficiary, created: '2020-03-04' },
  ...{ provider: { display: 'A' }, priority: { text: 'n' }, insurance: [{ sequence: 1, focal: true, coverage }], ...more },
})
const inside = (resourceType: string, more: object = {}) => [
  { resourceType, id: 'i', name: [{ family: 'Ellis', given: ['Max'] }], ...more },
]

/** Each names a person who pays: the patient in many ways, or a relative whom the record says to be one. */
const people: readonly Resource[] = [
  ...['Zoë Quartz-Ellis', 'QUARTZ-ELLIS, ZOE', 'zoe m. quartz ellis', 'Mrs. Zoë Maria Quartz-Ellis'].flatMap((display, n) => [
    cover(`named-${n}`, { payor: [{ display }] }),
    cover(`urn-${n}`, { payor: [{ reference: 'urn:uuid:6a0f9d2e-0000-4000-8000-000000000001', display }] }),
    cover(`reference-${n}`, { payor: [{ reference: 'Organization/nowhere', display }] }),
    claim(`claim-${n}`, { display }),
  ]),
  cover('related', { payor: [{ reference: 'RelatedPerson/7', display: 'Max Ellis' }] }),
  cover('related-urn', {
    payor: [{ reference: 'urn:uuid:6a0f9d2e-0000-4000-8000-000000000002', type: 'RelatedPerson', display: 'Max Ellis' }],
  }),
  cover('related-inside', {
    contained: inside('RelatedPerson', { patient: beneficiary }),
    payor: [{ reference: '#i', display: 'Max Ellis' }],
  }),
  cover('patient-inside', { contained: inside('Patient'), payor: [{ display: 'Ellis, Max' }] }),
  cover('subscriber', { subscriber: { display: 'Ellis Max' }, payor: [{ display: 'Max Ellis' }] }),
  cover('policy-holder', { policyHolder: { reference: 'RelatedPerson/7', display: 'Max Ellis' }, payor: [{ display: 'MAX ELLIS' }] }),
  claim(
    'claim-inside',
    { reference: '#c' },
    { contained: [{ ...cover('c', { payor: [{ reference: 'Patient/zoe', display: 'Max Ellis' }] }) }] },
  ),
  claim('claim-typed', { type: 'RelatedPerson', display: 'Max Ellis' }),
]

let api: TestApi
let login: Client
beforeAll(async () => {
  api = await openTestApi()
  login = new Client(api.appUrl)
  await login.connect()
  await importInto('alder', {
    'Organization.ndjson': [
      {
        resourceType: 'Organization',
        id: 'elm',
        name: 'Elm Plan',
        type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: 'pay' }] }],
      },
      { resourceType: 'Organization', id: 'oak', name: 'Oak Plan' },
    ],
    'Patient.ndjson': [patient('zoe', { name: [{ family: 'Quartz-Ellis', given: ['Zoë', 'Maria'] }], managingOrganization: undefined })],
    'Coverage.ndjson': [
      ...people.filter(({ resourceType }) => resourceType === 'Coverage'),
      cover('stranger', { payor: [{ display: STRANGER }], period: { start: '2021-01-01', end: '2021-06-30' } }),
      cover('entry', { payor: [{ reference: 'Organization/oak' }], period: { start: '2022-01-01' } }),
      cover('word', { payor: [{ display: 'Ellis' }], period: { start: '2020-01-01', end: '2020-02-01' } }),
    ],
    'Claim.ndjson': people.filter(({ resourceType }) => resourceType === 'Claim'),
  })
}, 60_000)
afterAll(async () => {
  await login.end()
  await api.close()
})

async function importInto(practice: string, files: Record<string, readonly Resource[]>): Promise<void> {
  const folder = folderOf(files)
  const database = openDatabase(api.appUrl)
  const commons: Commons = { install: { appUrl: api.appUrl } as Commons['install'], database, close: () => database.close() }
  try {
    expect((await runImport(commons, await filesNamed([folder]), { practice }, false)).rejections).toEqual([])
  } finally {
    await database.close()
    rmSync(folder, { recursive: true })
  }
}

/** Names of payers that the application's login reads as a role. */
async function payersRead(role: string, settings: Readonly<Record<string, string>> = {}): Promise<string[]> {
  await login.query('begin')
  try {
    await login.query(`set local role ${role}`)
    for (const [name, value] of Object.entries(settings)) await login.query('select set_config($1, $2, true)', [`commons.${name}`, value])
    const { rows } = await login.query<{ name: string }>(`select name from organization where kind = 'payer' order by name`)
    return rows.map(({ name }) => name)
  } finally {
    await login.query('rollback')
  }
}

const actingAs = async (email: string): Promise<Record<string, string>> =>
  (
    await api.sql(
      'select m.id as membership_id, m.user_id, m.organization_id from membership m join app_user u on u.id = m.user_id where u.email = $1',
      [email],
    )
  )[0]!

test('a person who pays stands in no row of the region', async () => {
  for (const table of ['organization', 'organization_alias'])
    expect(await api.sql(`select t::text from ${table} t where t::text ~* 'zo[eë]|quartz|max'`)).toEqual([])
  const said = await api.sql(`select distinct fhir_id from payer_evidence where payer_id is null order by 1`)
  expect(said.map(({ fhir_id }) => fhir_id)).toEqual(people.map(({ id }) => id).sort())
})

test('an entry of the directory makes a payer of the region; a mere name makes one that waits', async () => {
  expect(await api.sql(`select name, agreed from organization where kind = 'payer' order by name`)).toEqual([
    { name: 'Ellis', agreed: false },
    { name: 'Elm Plan', agreed: true },
    { name: STRANGER, agreed: false },
    { name: 'Oak Plan', agreed: true },
    { name: 'Pine Health', agreed: true },
    { name: 'Quill Mutual', agreed: true },
  ])
})

test('each role reads the payers that it needs, and what waits reaches only its charts and who administers organizations', async () => {
  const { practices, payers, users, charts } = api.world
  const own = ['Ellis', STRANGER, 'Oak Plan', 'Pine Health', 'Quill Mutual']
  const agreed = ['Elm Plan', 'Oak Plan', 'Pine Health', 'Quill Mutual']
  const [zoe] = await api.sql(`select id from patient where fhir_id = 'zoe'`)
  expect(await payersRead('commons_practice', { practice_id: practices.alder })).toEqual(own)
  expect(await payersRead('commons_care_manager', { practice_ids: `{${practices.alder}}` })).toEqual(own)
  expect(await payersRead('commons_patient', { practice_id: practices.alder, patient_id: zoe!.id })).toEqual([
    'Ellis',
    STRANGER,
    'Oak Plan',
  ])
  for (const [role, settings] of [
    ['practice', { practice_id: practices.birch }],
    ['care_manager', { practice_ids: `{${practices.birch}}` }],
  ] as const)
    expect({ role, read: await payersRead(`commons_${role}`, settings) }).toEqual({ role, read: ['Pine Health', 'Quill Mutual'] })
  expect(await payersRead('commons_patient', { practice_id: practices.alder, patient_id: charts.alder[0]! })).toHaveLength(1)
  expect(await payersRead('commons_payer', { organization_id: payers.pine, payer_id: payers.pine })).toEqual(['Pine Health'])
  for (const role of ['door', 'auditor']) expect({ role, read: await payersRead(`commons_${role}`) }).toEqual({ role, read: agreed })
  for (const role of ['feed', 'grantee'])
    expect({ role, read: await payersRead(`commons_${role}`, { organization_id: practices.birch }) }).toEqual({ role, read: [] })
  const region = async (email: string) => payersRead('commons_region', await actingAs(email))
  expect(await region(users.analyst.email)).toEqual(agreed)
  expect(await region(users.workforceManager.email)).toEqual(agreed)
  expect(await region(users.administrator.email)).toEqual([...agreed, 'Ellis', STRANGER].sort())
  // Without a context nobody reads what waits.
  for (const role of everyDatabaseRole.filter((one) => one !== 'commons_worker' && one !== 'commons_sealer'))
    expect({ role, read: await payersRead(role) }).toEqual({ role, read: expect.not.arrayContaining([STRANGER]) })
})

test('a payer reads the practices that its figures name', async () => {
  const { pine } = api.world.payers
  await login.query('begin')
  await login.query(`set local role commons_payer; select set_config('commons.payer_id', '${pine}', true)`)
  const { rows } = await login.query('select id from organization where kind = $1 order by id', ['practice'])
  await login.query('rollback')
  expect(rows).toEqual(
    await api.sql('select distinct practice_id as id from payer_performance where payer_id = $1 and practice_id is not null order by 1', [
      pine,
    ]),
  )
  expect(rows.length).toBeGreaterThan(0)
})

interface Payer {
  readonly id: string
  readonly version: number
  readonly isAgreed: boolean
  readonly organization: { readonly name: string }
}

test('the chart shows its own words; the region agrees by saving them', async () => {
  const [zoe] = await api.sql(`select id from patient where fhir_id = 'zoe'`)
  const asked = await (
    await api.signedIn('alderClinician')
  ).ask('query ($id: ID!) { patient(id: $id) { coverage { payer uninsured } } }', zoe)
  expect(asked.data.patient.coverage).toEqual(expect.arrayContaining([{ payer: STRANGER, uninsured: false }]))
  const administrator = await api.signedIn('administrator')
  const list = '{ organizations(kind: PAYER) { edges { node { id version isAgreed organization { name } } } } }'
  const { data } = await administrator.ask(list)
  const waiting = data.organizations.edges.map(({ node }: { node: Payer }) => node).filter(({ isAgreed }: Payer) => !isAgreed)
  expect(waiting.map(({ organization }: Payer) => organization.name)).toEqual(['Ellis', STRANGER])
  expect((await (await api.signedIn('analyst')).ask('{ region { payerCount } }')).errors).toEqual([])
  const { id, version } = waiting[0]
  const saved = await administrator.ask(
    'mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { ... on MemberOrganization { isAgreed } } }',
    { input: { id, version, name: 'Ellis Mutual' } },
  )
  expect(saved.data.updateOrganization).toEqual({ isAgreed: true })
})
