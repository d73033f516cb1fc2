import { mailInvitation } from '@carecommons/domain'
import { clockAt, newId } from '@carecommons/kernel'
import { type Caller, SIGN_IN, type TestApi } from './api.ts'
import { totpCode } from './totp-code.ts'
import { NOW, type UserKey } from './world.ts'

const LETTER = `__typename ... on Invitation { id renews email expiresAt sentAt invitedBy } ... on Refused { code message }`
export const BEHIND = `query ($token: String!) { invitationBehind(token: $token) {
  __typename ... on InvitationRead { name email renews confirms asksBirthDate invitedBy organization expiresAt } ... on Refused { code } } }`
export const BEGIN = `mutation ($token: String!, $birthDate: Day) { beginAcceptance(token: $token, birthDate: $birthDate) {
  __typename ... on AcceptanceBegun { secret } ... on Refused { code } } }`
export const ACCEPT = `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {
  __typename ... on InvitationAccepted { recoveryCodes viewer { user { id email } membership { id role } patientId } } ... on Refused { code } } }`
export const JOIN = 'mutation ($token: String!) { joinByInvitation(token: $token) { __typename ... on Refused { code } } }'
export const PASSWORD = 'my own and newest way'

export interface Sent {
  readonly to: { readonly name: string; readonly address: string }
  readonly subject: string
  readonly text: string
}

let wishes = 0

/** What tests of choosing new ways in do, at an API that each has anew. */
export function renewalsAt(current: () => TestApi) {
  const renew = async (caller: Caller, membershipId: string, idempotencyKey = `renewal-${++wishes}`) =>
    (
      await caller.ask(`mutation ($input: RenewSignInInput!) { renewSignIn(input: $input) { ${LETTER} } }`, {
        input: { membershipId, idempotencyKey },
      })
    ).data.renewSignIn
  const membershipOf = async (user: UserKey): Promise<string> =>
    (
      await current().sql('select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1', [
        current().world.users[user].email,
      ])
    )[0]!.id
  const later = (minutes: number) => current().setNow(new Date(Date.parse(NOW) + minutes * 60_000).toISOString())

  /** The letter of an invitation as it leaves, and the token in it. */
  const letterOf = async (invitationId: string): Promise<Sent & { readonly token: string }> => {
    const letters: Sent[] = []
    const mail = { send: (letter: Sent) => Promise.resolve(void letters.push(letter)) }
    await mailInvitation(current().world.database, { mail, clock: clockAt(NOW), publicUrl: 'https://commons.example' }, invitationId)
    expect(letters).toHaveLength(1)
    return { ...letters[0]!, token: /join#([\w-]+)/.exec(letters[0]!.text)![1]! }
  }

  /** What the person has, and a second factor whose secret nobody here knows. */
  const plantFactors = async (email: string): Promise<string> => {
    const [{ id }] = (await current().sql('select id from app_user where email = $1', [email])) as [{ id: string }]
    await current().sql(
      `insert into totp_authenticator (id, user_id, label, secret, last_step, created_at) values (uuidv7(), $1, 'lost', '\\x00', 0, now())`,
      [id],
    )
    await current().sql(
      `insert into passkey (id, user_id, credential_id, public_key, sign_count, transports, label, created_at)
       values (uuidv7(), $1, $2, '\\x00', 0, '{}', 'lost', now())`,
      [id, newId()],
    )
    await current().sql(`insert into recovery_code (code_hash, user_id) values (sha256(uuid_send($1::uuid)), $1)`, [id])
    return id
  }
  const factorsOf = async (userId: string) =>
    (
      await current().sql(
        `select (select count(*)::int from session where user_id = $1) as sessions, (select count(*)::int from passkey where user_id = $1) as passkeys,
                (select array_agg(label) from totp_authenticator where user_id = $1) as apps,
                (select count(*)::int from recovery_code where user_id = $1) as codes,
                (select count(*)::int from sign_in_challenge where user_id = $1) as questions`,
        [userId],
      )
    )[0]

  const choose = async (caller: Caller, token: string, birthDate: string | null = null): Promise<object> => {
    const begun = (await caller.ask(BEGIN, { token, birthDate })).data.beginAcceptance
    if (begun.__typename === 'Refused') return begun
    const input = { token, birthDate, password: PASSWORD, code: totpCode(begun.secret, new Date(NOW)) }
    return (await caller.ask(ACCEPT, { input })).data.acceptInvitation
  }
  const signIn = async (email: string, password: string) =>
    (await current().caller().ask(SIGN_IN, { input: { email, password } })).data.signIn.__typename
  return { renew, membershipOf, later, letterOf, plantFactors, factorsOf, choose, signIn }
}
