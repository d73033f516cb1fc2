import { buildApiSchema } from '@carecommons/api'
import { stateOf } from '../access/matrix/state.ts'
import { openTestApi, type TestApi } from '../support/api.ts'
import { APPLY, confirmed, membershipIn, plantNeed, workedOutPlan } from '../support/staff-plans.ts'
import { NOW, type UserKey } from '../support/world.ts'

let api: TestApi
beforeEach(async () => void (api = await openTestApi()))
afterEach(() => api.close())

const later = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString()
const membershipOf = (user: UserKey) => membershipIn(api, user)
/** A plan by which a care manager begins at another practice. */
const plan = async () => {
  const workforce = await api.signedIn('workforceManager')
  await plantNeed(api, 'cedar')
  const pins = [{ staffId: await membershipOf('careManager'), practiceId: api.world.practices.cedar, minutes: 240 }]
  return { workforce, variables: await confirmed(workforce, await workedOutPlan(api, workforce, { startsOn: '2026-03-09', pins })) }
}

/** Signs something, gives a role or takes one, lets a program in, or moves the whole staff. */
const acts: Readonly<Record<string, () => Promise<readonly [user: UserKey, query: string, variables: object]>>> = {
  signAgreement: async () => [
    'administrator',
    'mutation ($input: SignAgreementInput!) { signAgreement(input: $input) { __typename ... on Refused { code } } }',
    {
      input: {
        organizationId: api.world.practices.alder,
        kind: 'DATA_USE',
        version: (await (await api.signedIn('administrator')).ask('{ agreementTexts { version } }')).data.agreementTexts[0].version,
        signedBy: 'Ada Alder',
        signedAs: 'owner',
        signedOn: '2026-03-01',
      },
    },
  ],
  activateMeasure: () =>
    Promise.resolve([
      'analyst',
      'mutation ($input: ActivateMeasureInput!) { activateMeasure(input: $input) { __typename } }',
      {
        input: {
          ...{ packageHash: 'c'.repeat(64), startsOn: '2027-01-01', improvement: 'INCREASE', agreedWith: 'Quality committee' },
          idempotencyKey: 'control-2027',
        },
      },
    ]),
  retireMeasure: () =>
    Promise.resolve([
      'analyst',
      'mutation ($input: RetireMeasureInput!) { retireMeasure(input: $input) { __typename } }',
      { input: { measureId: 'poor', startsOn: '2027-01-01', agreedWith: 'Quality committee', idempotencyKey: 'poor-2027' } },
    ]),
  activateRegistry: async () => {
    await api.sql(`insert into registry_package select repeat('e', 64), registry, '1.1.0', title, description, sources, cql, 'x', bundle, loaded_at
                     from registry_package where registry = 'diabetes'`)
    const input = { packageHash: 'e'.repeat(64), agreedWith: 'Quality committee', idempotencyKey: 'diabetes-1.1' }
    return ['analyst', 'mutation ($input: ActivateRegistryInput!) { activateRegistry(input: $input) { __typename } }', { input }]
  },
  retireRegistry: () =>
    Promise.resolve([
      'analyst',
      'mutation ($input: RetireRegistryInput!) { retireRegistry(input: $input) { __typename } }',
      { input: { registry: 'depression', agreedWith: 'Quality committee', idempotencyKey: 'no-depression' } },
    ]),
  agreeOnStrata: () =>
    Promise.resolve([
      'analyst',
      'mutation ($input: AgreeOnStrataInput!) { agreeOnStrata(input: $input) { __typename } }',
      { input: { startsOn: '2027-01-01', bySex: true, byZip3: true, agreedWith: 'Quality committee', idempotencyKey: 'strata-2027' } },
    ]),
  changeRole: async () => [
    'alderAdministrator',
    'mutation ($input: ChangeRoleInput!) { changeRole(input: $input) { __typename } }',
    { input: { membershipId: await membershipOf('alderStaff'), role: 'clinician', from: 'practice-staff' } },
  ],
  endMembership: async () => [
    'alderAdministrator',
    'mutation ($id: ID!) { endMembership(id: $id) { __typename } }',
    { id: await membershipOf('alderStaff') },
  ],
  inviteMember: async () => [
    'alderAdministrator',
    'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { __typename } }',
    {
      input: {
        organizationId: api.world.practices.alder,
        role: 'practice-administrator',
        name: 'Second Admin',
        email: 'second@example.org',
        idempotencyKey: 'second-administrator',
      },
    },
  ],
  renewSignIn: async () => [
    'alderAdministrator',
    'mutation ($input: RenewSignInInput!) { renewSignIn(input: $input) { __typename } }',
    { input: { membershipId: await membershipOf('alderStaff'), idempotencyKey: 'renew-staff' } },
  ],
  renewPatientSignIn: async () => [
    'alderAdministrator',
    'mutation ($input: RenewPatientSignInInput!) { renewPatientSignIn(input: $input) { __typename } }',
    { input: { id: await membershipOf('alderPatient'), idempotencyKey: 'renew-patient' } },
  ],
  applyStaffPlan: async () => ['workforceManager', APPLY, (await plan()).variables],
  undoStaffPlan: async () => {
    const { workforce, variables } = await plan()
    await workforce.ask(APPLY, variables)
    return ['workforceManager', 'mutation ($id: ID!) { undoStaffPlan(id: $id) { __typename } }', { id: variables.id }]
  },
  registerSystem: async () => [
    'administrator',
    'mutation ($input: RegisterSystemInput!) { registerSystem(input: $input) { __typename } }',
    {
      input: {
        organizationId: api.world.payers.pine,
        name: 'Nightly',
        scopes: ['system/MeasureReport.rs'],
        jwksUrl: 'https://keys.example.org/jwks.json',
        idempotencyKey: 'nightly-system',
      },
    },
  ],
}

test('these acts are dangerous, and no others', () => {
  const fields = Object.values(buildApiSchema().getMutationType()!.getFields())
  expect(
    fields
      .filter(({ extensions }) => 'confirmed' in extensions)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(Object.keys(acts).sort())
})

test.each(Object.keys(acts))(
  '%s asks who is there when that was proved more than five minutes ago, and goes on afterwards',
  async (name) => {
    const [user, query, variables] = await acts[name]!()
    const caller = await api.signedIn(user)
    const before = await stateOf(api)
    api.setNow(later(6))
    const { status, data, errors } = await caller.ask(query, variables)
    expect([status, data, errors[0]?.extensions['code']]).toEqual([403, null, 'STEP_UP_NEEDED'])
    expect(await stateOf(api)).toEqual(before)
    const { password } = api.world.users[user]
    await caller.ask('mutation ($proof: ProofInput!) { stepUp(proof: $proof) { __typename } }', { proof: { password } })
    const done = await caller.ask(query, variables)
    expect(done.errors).toEqual([])
    if (name !== 'signAgreement') expect(Object.values(done.data as object)[0]).not.toMatchObject({ __typename: 'Refused' })
    if (name !== 'signAgreement') expect(await stateOf(api)).not.toEqual(before)
  },
)

test('everyday work asks nothing: a clinician is invited, and breaking the glass waits for nobody', async () => {
  const administrator = await api.signedIn('alderAdministrator')
  const clinician = await api.signedIn('birchClinician')
  api.setNow(later(10))
  const input = {
    organizationId: api.world.practices.alder,
    role: 'clinician',
    name: 'New Clinician',
    email: 'new@example.org',
    idempotencyKey: 'everyday-1',
  }
  const invited = await administrator.ask('mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { __typename } }', { input })
  expect(invited.data.inviteMember.__typename).toBe('Invitation')
  const glass = {
    practiceId: api.world.practices.alder,
    familyName: 'Nobody',
    givenName: 'Nobody',
    birthDate: '1940-05-01',
    reason: 'Unconscious here, without papers',
  }
  const broken = await clinician.ask('mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { __typename } }', { input: glass })
  expect(broken.errors).toEqual([])
})
