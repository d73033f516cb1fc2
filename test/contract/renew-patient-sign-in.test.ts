import { newId } from '@carecommons/kernel'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { BEHIND, renewalsAt } from '../support/renewals.ts'

let api: TestApi
let owner: Caller
beforeEach(async () => {
  api = await openTestApi({ rates: { user: 1e9, organization: 1e9, address: 1e9 } })
  owner = await api.signedIn('alderAdministrator')
})
afterEach(() => api.close())
const { membershipOf, letterOf, choose, signIn } = renewalsAt(() => api)

let wishes = 0

describe('a patient who signs in', () => {
  const SIGN = `__typename ... on PatientSignIn { id state email sentAt expiresAt } ... on Refused { code }`
  const renewPatient = async (caller: Caller, id: string, idempotencyKey = `patients-${++wishes}`) => {
    const { data, errors } = await caller.ask(
      `mutation ($input: RenewPatientSignInInput!) { renewPatientSignIn(input: $input) { ${SIGN} } }`,
      { input: { id, idempotencyKey } },
    )
    return data?.renewPatientSignIn ?? errors[0]!.extensions['code']
  }

  test('says the birth date again, and the practice alone sees that she was asked', async () => {
    const id = await membershipOf('alderPatient')
    const [{ born, chart }] = (await api.sql(
      `select p.birth_date::text as born, p.id as chart from membership m join patient p on p.practice_id = m.organization_id and p.id = m.patient_id where m.id = $1`,
      [id],
    )) as [{ born: string; chart: string }]
    expect(await renewPatient(await api.signedIn('alderStaff'), id)).toBe('FORBIDDEN')
    const birch = await api.signedIn('administrator')
    expect([await renewPatient(birch, id), await renewPatient(birch, newId()), await renewPatient(owner, 'x')]).toEqual(
      [1, 2, 3].map(() => ({ __typename: 'Refused', code: 'SignInMissing' })),
    )
    const asked = await renewPatient(owner, id)
    expect(asked).toMatchObject({ id, state: 'ACTIVE', expiresAt: '2026-03-03T15:00:00.000Z' })
    const { data } = await owner.ask(
      `{ patientSignIns { edges { node { patientId signIn { id state } } } } patientSignIn(patientId: "${chart}") { id } }`,
    )
    expect(data.patientSignIns.edges.filter((one: { node: { patientId: string } }) => one.node.patientId === chart)).toHaveLength(1)
    expect(data.patientSignIn).toEqual({ id })
    const [{ invitation }] = (await api.sql('select id as invitation from invitation where renews = $1', [id])) as [{ invitation: string }]
    const { token, to, text } = await letterOf(invitation)
    expect(to).toEqual({ name: '', address: api.world.users.alderPatient.email })
    expect(text).not.toContain('Canaryalder')
    expect((await api.caller().ask(BEHIND, { token })).data.invitationBehind).toMatchObject({
      name: null,
      renews: true,
      asksBirthDate: true,
    })
    expect(await choose(api.caller(), token)).toMatchObject({ code: 'BirthDateNeeded' })
    expect(await choose(api.caller(), token, '1900-01-01')).toMatchObject({ code: 'BirthDateWrong' })
    expect(await choose(api.caller(), token, born)).toMatchObject({ viewer: { patientId: chart, membership: { id, role: 'patient' } } })
    expect(await signIn(api.world.users.alderPatient.email, api.world.users.alderPatient.password)).toBe('Refused')
    expect(
      await api.sql(`select action, subject, practice_id from audit_event where $1 = any (subject_ids) and action = 'update'`, [
        invitation,
      ]),
    ).toEqual([{ action: 'update', subject: 'PatientSignIn', practice_id: api.world.practices.alder }])
  })

  test('whose sign-in ended has no link, and can be asked in anew beside one that was open', async () => {
    const id = await membershipOf('alderPatient')
    await renewPatient(owner, id)
    const [{ invitation, chart }] = (await api.sql('select id as invitation, patient_id as chart from invitation where renews = $1', [
      id,
    ])) as [{ invitation: string; chart: string }]
    const { token } = await letterOf(invitation)
    await owner.ask('mutation ($id: ID!) { endPatientSignIn(id: $id) { __typename } }', { id })
    expect((await api.caller().ask(BEHIND, { token })).data.invitationBehind).toMatchObject({ code: 'InvitationOver' })
    expect(await renewPatient(owner, id)).toMatchObject({ code: 'SignInEnded' })
    const { data } = await owner.ask(`mutation ($input: InvitePatientInput!) { invitePatient(input: $input) { ${SIGN} } }`, {
      input: { patientId: chart, email: 'another.own@example.org', idempotencyKey: 'asked-in-anew' },
    })
    expect(data.invitePatient).toMatchObject({ __typename: 'PatientSignIn', state: 'INVITED' })
  })
})
