// Whoever lost every way in gets the link, and after choosing the word that it happened, though the worker is killed over each letter.
import type { ChildProcess } from 'node:child_process'
import { openTestApi, SIGN_IN, type TestApi } from '../support/api.ts'
import { openMailServer } from '../support/mail-server.ts'
import { totpCode } from '../support/totp-code.ts'
import { end, startWorker } from './mail-worker.ts'
import { until } from './metric/rig.ts'

const RENEW = 'mutation ($id: ID!) { renewSignIn(input: { membershipId: $id, idempotencyKey: "lost-everything" }) { __typename } }'
const BEGIN = 'mutation ($token: String!) { beginAcceptance(token: $token) { ... on AcceptanceBegun { secret } ... on Refused { code } } }'
const ACCEPT = 'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename ... on Refused { code } } }'

test('hardening 58, 59: a letter cut short leaves again; its newest link is chosen by, and that it was is told', async () => {
  const api = await openTestApi()
  // The worker goes by the clock on the wall.
  const now = new Date()
  api.setNow(now.toISOString())
  try {
    const { email, password } = api.world.users.alderClinician
    const [member] = await api.sql('select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1', [email])
    const asked = await (await api.signedIn('alderAdministrator')).ask(RENEW, { id: member!['id'] })
    expect(asked.data.renewSignIn).toEqual({ __typename: 'Invitation' })
    const link = await cutShort(api, 'mail.invitation')
    expect(link.recipients).toEqual([email])
    const token = /join#([\w-]+)/.exec(link.letter)![1]!

    const caller = api.caller()
    const { secret } = (await caller.ask(BEGIN, { token })).data.beginAcceptance
    const input = { token, password: 'a newest way of my own', code: totpCode(secret, now) }
    expect((await caller.ask(ACCEPT, { input })).data.acceptInvitation).toEqual({ __typename: 'InvitationAccepted' })
    const told = await cutShort(api, 'mail.renewed')
    expect(told.recipients).toEqual([email])
    expect(told.letter).toContain('chose new ways to sign in as you')
    expect((await api.caller().ask(SIGN_IN, { input: { email, password } })).data.signIn.__typename).toBe('Refused')
  } finally {
    await api.close()
  }
}, 180_000)

/** The job's letter, whose first delivery a killed worker did not end. */
async function cutShort(api: TestApi, name: string): Promise<{ letter: string; recipients: readonly string[] }> {
  const mail = await openMailServer({ silentAfter: 0 })
  const workers: ChildProcess[] = []
  const state = async () => (await api.sql('select state from job where name = $1', [name]))[0]!['state']
  try {
    const first = startWorker(api, api.queue, mail)
    workers.push(first)
    await until('the letter is on its way', () => mail.waiting > 0, 60_000)
    await end(first, 'SIGKILL')
    expect(await state()).toBe('queued')
    mail.listen()
    workers.push(startWorker(api, api.queue, mail))
    await until('the job is done', async () => (await state()) === 'done', 60_000)
    expect(mail.letters).toHaveLength(1)
    return { letter: mail.letters[0]!.replaceAll(/=\n/g, '').replaceAll('=3D', '='), recipients: mail.recipients }
  } finally {
    for (const worker of workers) if (worker.exitCode === null && worker.signalCode === null) await end(worker, 'SIGKILL')
    await mail.close()
  }
}
