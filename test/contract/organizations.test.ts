import { type Caller, openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
let region: Caller
beforeAll(async () => {
  api = await openTestApi()
  region = await api.signedIn('administrator')
})
afterAll(() => api.close())

const MISSING = '01a1ffc8-34ee-7000-ba4d-ccf2e91a7cb0'
const MEMBER = `__typename ... on MemberOrganization { id version activeSince organization { name slug kind city }
  agreements { kind version signedBy signedAs signedOn manner } } ... on Refused { code message }`
const CREATE = `mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { ${MEMBER} } }`
const UPDATE = `mutation ($input: UpdateOrganizationInput!) { updateOrganization(input: $input) { ${MEMBER} } }`
const SIGN = `mutation ($input: SignAgreementInput!) { signAgreement(input: $input) { ${MEMBER} } }`

let wishes = 0
const create = async (input: object, caller = region) =>
  (
    await caller.ask(CREATE, {
      input: {
        kind: 'PRACTICE',
        name: 'Dogwood Clinic',
        slug: 'dogwood',
        city: 'Riverton',
        idempotencyKey: `wish-${wishes++}-of-mine`,
        ...input,
      },
    })
  ).data.createOrganization
const sign = async (caller: Caller, input: object) =>
  (
    await caller.ask(SIGN, {
      input: { kind: 'PARTICIPATION', version: '2026-01', signedBy: 'Dora Dogwood', signedAs: 'Owner', ...input },
    })
  ).data.signAgreement
/** What happened; refusals are noted beside it. */
const eventsOn = (id: string) =>
  api.sql(
    `select action, subject, outcome, practice_id from audit_event where $1 = any (subject_ids) and outcome = 'allowed' order by id`,
    [id],
  )

test('the region adds practices, payers and partners; each is noted', async () => {
  const practice = await create({ name: '  Dogwood   Clinic ' })
  expect(practice).toEqual({
    __typename: 'MemberOrganization',
    id: practice.id,
    version: 1,
    activeSince: null,
    organization: { name: 'Dogwood Clinic', slug: 'dogwood', kind: 'PRACTICE', city: 'Riverton' },
    agreements: [],
  })
  expect(await eventsOn(practice.id)).toEqual([{ action: 'create', subject: 'Organization', outcome: 'allowed', practice_id: null }])
  // Another kind may use the same short name.
  expect(await create({ kind: 'PAYER' })).toMatchObject({ organization: { kind: 'PAYER' }, activeSince: null })
  expect(await create({ kind: 'COMMUNITY_PARTNER', city: null })).toMatchObject({ organization: { kind: 'COMMUNITY_PARTNER', city: null } })
  const { data } = await region.ask(
    '{ organizations(kind: PRACTICE) { edges { node { organization { slug } } } } all: organizations { totalCount } }',
  )
  expect(data.organizations.edges.map(({ node }: { node: { organization: { slug: string } } }) => node.organization.slug)).toEqual([
    'cedar',
    'alder',
    'birch',
    'dogwood',
  ])
  expect(data.all.totalCount).toBe(9)
})

test.each([
  ['SlugTaken', { slug: 'alder' }],
  ['SlugUnusable', { slug: 'Alder' }],
  ['SlugUnusable', { slug: 'a--b' }],
  ['SlugUnusable', { slug: '-a' }],
  ['SlugUnusable', { slug: 'a'.repeat(61) }],
  ['SlugUnusable', { slug: "x'; drop table organization; --" }],
  ['TextUnusable', { name: ' ' }],
  ['TextUnusable', { name: 'x'.repeat(121) }],
  ['TextUnusable', { name: 'two\nlines' }],
  ['TextUnusable', { city: 'a\tb' }],
  ['KindNotCreatable', { kind: 'COORDINATING_BODY', slug: 'second-body' }],
  ['IdempotencyKeyUnusable', { idempotencyKey: 'short' }],
])('%s is said in words and nothing is written: %j', async (code, input) => {
  const before = await api.sql('select count(*)::int as n from organization')
  expect(await create({ slug: 'elder', ...input })).toMatchObject({ __typename: 'Refused', code, message: expect.stringMatching(/\.$/) })
  expect(await api.sql('select count(*)::int as n from organization')).toEqual(before)
})

test('hardening 60: the same key makes one organization however often and however much at once; another wish under it is a conflict', async () => {
  const input = { name: 'Fir Clinic', slug: 'fir', idempotencyKey: 'key-of-the-fir' }
  const made = await Promise.all(Array.from({ length: 5 }, () => create(input)))
  expect(new Set(made.map(({ id }) => id)).size).toBe(1)
  expect(await api.sql(`select count(*)::int as n from organization where slug = 'fir'`)).toEqual([{ n: 1 }])
  expect(await eventsOn(made[0].id)).toHaveLength(1)
  expect(await create({ ...input, name: 'Fur Clinic' })).toMatchObject({ code: 'IdempotencyKeyReused' })
  // What is refused leaves the key free.
  const corrected = { ...input, slug: 'alder', idempotencyKey: 'key-for-a-second-try' }
  expect(await create(corrected)).toMatchObject({ code: 'SlugTaken' })
  expect(await create({ ...corrected, slug: 'fir-two' })).toMatchObject({ __typename: 'MemberOrganization' })
})

test('renaming: of two people who edit at once the second is told what it is now', async () => {
  const { id } = await create({ name: 'Gum Clinic', slug: 'gum' })
  const rename = async (input: object) =>
    (await region.ask(UPDATE, { input: { id, name: 'Gum', city: null, version: 1, ...input } })).data.updateOrganization
  const both = await Promise.all([rename({ name: 'Gum Tree' }), rename({ name: 'Gum Three' })])
  expect(both.map(({ __typename }) => __typename).sort()).toEqual(['MemberOrganization', 'Refused'])
  const winner = both.find(({ __typename }) => __typename === 'MemberOrganization')
  expect(winner).toMatchObject({ version: 2, organization: { slug: 'gum', city: null } })
  expect(both.find(({ code }) => code)).toMatchObject({ code: 'ChangedMeanwhile' })
  expect(await rename({ name: 'Late' })).toMatchObject({
    code: 'ChangedMeanwhile',
    message: expect.stringContaining(winner.organization.name),
  })
  expect(await rename({ id: MISSING })).toMatchObject({ code: 'OrganizationMissing' })
  expect((await eventsOn(id)).map(({ action }) => action)).toEqual(['create', 'update'])
})

test('the second of the two agreements makes a practice active; each signature is kept and noted', async () => {
  const { id } = await create({ name: 'Hazel Clinic', slug: 'hazel' })
  expect(await sign(region, { organizationId: id, signedOn: '2026-02-27' })).toMatchObject({
    activeSince: null,
    agreements: [
      { kind: 'PARTICIPATION', version: '2026-01', signedBy: 'Dora Dogwood', signedAs: 'Owner', signedOn: '2026-02-27', manner: 'PAPER' },
    ],
  })
  expect(await sign(region, { organizationId: id })).toMatchObject({ code: 'SignedAlready' })
  expect(await sign(region, { organizationId: id, kind: 'DATA_USE' })).toMatchObject({
    activeSince: '2026-03-02',
    agreements: [{ kind: 'PARTICIPATION' }, { kind: 'DATA_USE', signedOn: '2026-03-02' }],
  })
  expect(await eventsOn(id)).toEqual([
    { action: 'create', subject: 'Organization', outcome: 'allowed', practice_id: null },
    { action: 'create', subject: 'Agreement', outcome: 'allowed', practice_id: id },
    { action: 'create', subject: 'Agreement', outcome: 'allowed', practice_id: id },
    { action: 'start', subject: 'Organization', outcome: 'allowed', practice_id: id },
  ])
})

test.each([
  ['WordingReplaced', { version: '2025-01' }],
  ['SignedInFuture', { signedOn: '2026-03-03' }],
  ['TextUnusable', { signedBy: ' ' }],
  ['TextUnusable', { signedAs: 'x\ny' }],
  ['OrganizationMissing', { organizationId: MISSING }],
  ['OrganizationMissing', { organizationId: 'x' }],
])('%s: nothing is signed with %j', async (code, input) => {
  const before = await api.sql('select count(*)::int as n from agreement')
  expect(await sign(region, { organizationId: api.world.practices.cedar, ...input })).toMatchObject({ code })
  expect(await api.sql('select count(*)::int as n from agreement')).toEqual(before)
})

test('payers sign nothing', async () => {
  expect(await sign(region, { organizationId: api.world.payers.pine })).toMatchObject({ code: 'NothingToSign' })
})

test('a practice signs electronically and for itself; while an agreement is missing its people reach no chart', async () => {
  const { birch, alder } = api.world.practices
  await api.sql('update organization set active_since = null where id = $1', [birch])
  const administrator = await api.signedIn('birchAdministrator')
  const patients = async () => (await administrator.ask('{ patients { totalCount } me { practiceIds } }')).data
  expect(await patients()).toEqual({ patients: { totalCount: 0 }, me: { practiceIds: [] } })

  // Another practice answers like none.
  const missing = await sign(administrator, { organizationId: MISSING })
  expect(await sign(administrator, { organizationId: alder })).toEqual(missing)
  expect(missing).toMatchObject({ code: 'OrganizationMissing' })
  expect(await sign(administrator, { organizationId: birch, signedOn: '2026-02-27' })).toMatchObject({ code: 'SignedOnToday' })
  expect(await api.sql('select 1 from agreement where organization_id = any ($1)', [[alder, birch]])).toEqual([])

  await sign(administrator, { organizationId: birch })
  expect(await patients()).toEqual({ patients: { totalCount: 0 }, me: { practiceIds: [] } })
  expect(await sign(administrator, { organizationId: birch, kind: 'DATA_USE' })).toMatchObject({
    activeSince: '2026-03-02',
    agreements: [{ manner: 'ELECTRONIC', signedOn: '2026-03-02' }, { manner: 'ELECTRONIC' }],
  })
  expect(await patients()).toEqual({ patients: { totalCount: 13 }, me: { practiceIds: [birch] } })
})

test('a labelling that was given up is told to the region, and asked for once more by it, once', async () => {
  const { birch } = api.world.practices
  await api.sql('update organization set part2_program = true where id = $1', [birch])
  const state = async () =>
    (await region.ask('query ($id: ID!) { organization(id: $id) { labelling { state } } }', { id: birch })).data.organization.labelling
  const again = async () =>
    (
      await region.ask(
        'mutation ($id: ID!) { labelAgain(id: $id) { __typename ... on MemberOrganization { labelling { state } } ... on Refused { code } } }',
        { id: birch },
      )
    ).data.labelAgain
  expect(await state()).toBeNull()
  expect(await again()).toMatchObject({ code: 'NothingGivenUp' })
  await api.sql(
    `insert into job (id, name, subject_id, practice_id, state, created_at, finished_at, failure)
     values (uuidv7(), 'record.label', $1, $1, 'failed', '2026-03-01', '2026-03-01', 'A job failed for the last time.')`,
    [birch],
  )
  expect(await state()).toEqual({ state: 'FAILED' })
  const both = await Promise.all([again(), again()])
  expect(both.map(({ code, labelling }) => code ?? labelling.state).sort()).toEqual(['NothingGivenUp', 'QUEUED'])
  expect(await state()).toEqual({ state: 'QUEUED' })
  expect(
    await api.sql(`select count(*)::int as n from job where name = 'record.label' and state = 'queued' and practice_id = $1`, [birch]),
  ).toEqual([{ n: 1 }])
  await api.sql('update organization set part2_program = false where id = $1', [birch])
})

test("a practice's administrator sees the own practice alone, and cannot rename it", async () => {
  const administrator = await api.signedIn('alderAdministrator')
  const { alder, birch } = api.world.practices
  const { data } = await administrator.ask(
    'query ($own: ID!, $other: ID!) { organizations { edges { node { id } } } own: organization(id: $own) { id } other: organization(id: $other) { id } none: organization(id: "x") { id } }',
    { own: alder, other: birch },
  )
  expect(data).toEqual({ organizations: { edges: [{ node: { id: alder } }] }, own: { id: alder }, other: null, none: null })
  const { errors } = await administrator.ask(UPDATE, { input: { id: alder, name: 'Mine', version: 1 } })
  expect(errors[0]?.extensions['code']).toBe('FORBIDDEN')
})

test('the database itself lets a practice activate nothing without both signatures, and write nothing else about itself', async () => {
  const { cedar } = api.world.practices
  await api.sql('update organization set active_since = null where id = $1', [cedar])
  await api.sql('begin')
  await api.sql('set local role commons_practice')
  await api.sql(`select set_config('commons.organization_id', $1, true)`, [cedar])
  expect(await api.sql(`select * from commons_activate_practice($1, '2026-03-02')`, [cedar])).toEqual([])
  await expect(api.sql(`update organization set active_since = '2026-03-02' where id = $1`, [cedar])).rejects.toThrow('permission denied')
  await api.sql('rollback')
})

test('the wordings are told in full', async () => {
  const { data } = await region.ask('{ agreementTexts { kind version title text } }')
  expect(data.agreementTexts).toEqual([
    {
      kind: 'PARTICIPATION',
      version: '2026-01',
      title: 'Participation agreement',
      text: expect.stringContaining("The practice's records remain"),
    },
    { kind: 'DATA_USE', version: '2026-01', title: 'Data use agreement', text: expect.stringContaining('42 CFR Part 2') },
  ])
})
