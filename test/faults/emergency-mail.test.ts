// A practice is told by mail when somebody breaks the glass; a worker that is killed between two letters delays the second, no more.
import type { ChildProcess } from 'node:child_process'
import type { Backend } from '@carecommons/jobs'
import { newId } from '@carecommons/kernel'
import { nodesOf, openTestApi, type TestApi } from '../support/api.ts'
import { openMailServer } from '../support/mail-server.ts'
import { redisMissing, startRedis } from '../support/redis.ts'
import { canaries } from '../support/world.ts'
import { end, startWorker } from './mail-worker.ts'
import { until } from './metric/rig.ts'

const REASON = 'Unconscious in our emergency room'
const BREAK = `mutation ($input: BreakGlassInput!) { breakGlass(input: $input) { __typename ... on EmergencyAccess { id } } }`
const ADA = 'ada.alder@example.org'
const SECOND = 'second.admin@example.org'

test.concurrent.each(['postgres', 'redis'] as const)(
  'hardening 19, 58, 59: every administrator of the practice is told once, by a link and nothing else; queue on %s, worker killed between',
  async (kind) => {
    const redis = kind === 'redis' ? await startRedis() : undefined
    if (redis === null) return redisMissing('the mail of an emergency, queue on Redis')
    const api = await openTestApi()
    const queue: Backend = redis ? { kind: 'redis', url: redis.url } : api.queue
    const mail = await openMailServer({ silentAfter: 1 })
    const workers: ChildProcess[] = []
    try {
      await secondAdministrator(api)
      const birch = await api.signedIn('birchClinician')
      const input = {
        practiceId: api.world.practices.alder,
        familyName: `${canaries.alder}00`,
        givenName: 'Anna',
        birthDate: '1940-05-01',
        reason: REASON,
      }
      const { data } = await birch.ask(BREAK, { input })
      expect(data.breakGlass).toMatchObject({ __typename: 'EmergencyAccess' })
      // The wish stands in the ledger, with ids only, before any queue knows of it.
      const jobs = await api.sql(`select name, subject_id, practice_id, state from job where name = 'mail.emergency'`)
      expect(jobs).toEqual([
        { name: 'mail.emergency', subject_id: data.breakGlass.id, practice_id: api.world.practices.alder, state: 'queued' },
      ])

      const first = startWorker(api, queue, mail)
      workers.push(first)
      await until('the second letter is on its way', () => mail.letters.length === 1 && mail.waiting > 0, 60_000)
      await end(first, 'SIGKILL')
      expect(mail.recipients).toHaveLength(1)
      mail.listen()
      workers.push(startWorker(api, queue, mail))
      await until('the job is done', async () => (await state(api)) === 'done', 60_000)

      expect([...mail.recipients].sort()).toEqual([ADA, SECOND])
      for (const letter of mail.letters) {
        expect(letter).toMatch(/^https:\/\/commons\.example\/emergencies$/m)
        expect(letter).toContain('Alder Family Practice')
        for (const word of [canaries.alder, 'Anna', '1940', REASON, 'Casey', 'Birch', data.breakGlass.id])
          expect({ word, told: letter.includes(word) }).toEqual({ word, told: false })
      }
      const [row] = await api.sql('select mailed_at, mail_failed_at, cardinality(mailed_to) as told from emergency_access')
      expect(row).toEqual({ mailed_at: expect.any(Date), mail_failed_at: null, told: 2 })
    } finally {
      for (const worker of workers) if (worker.exitCode === null && worker.signalCode === null) await end(worker, 'SIGKILL')
      await mail.close()
      await api.close()
      await redis?.stop()
    }
  },
  180_000,
)

test('a practice whose administrators cannot be reached sees that nobody was told, and the entry is a dead letter', async () => {
  const api = await openTestApi()
  const mail = await openMailServer({ refusing: true })
  let worker: ChildProcess | null = null
  try {
    const birch = await api.signedIn('careManager')
    const opened = await birch.ask(
      `mutation ($id: ID!) { openInEmergency(patientId: $id, reason: "Overdose, needs her medicines") { __typename } }`,
      { id: api.world.charts.alder[0] },
    )
    expect(opened.data.openInEmergency).toEqual({ __typename: 'EmergencyAccess' })
    worker = startWorker(api, api.queue, mail)
    await until('the letter is given up', async () => (await state(api)) === 'failed', 60_000)
    const seen = await (await api.signedIn('alderAdministrator')).ask('{ emergencies { edges { node { mailedAt mailFailedAt } } } }')
    expect(nodesOf(seen.data.emergencies)).toEqual([{ mailedAt: null, mailFailedAt: expect.any(String) }])
  } finally {
    if (worker) await end(worker, 'SIGKILL')
    await mail.close()
    await api.close()
  }
}, 120_000)

test('of a practice without an administrator the coordinating body is told that it needs one, and nothing of the chart', async () => {
  const api = await openTestApi()
  const mail = await openMailServer({})
  let worker: ChildProcess | null = null
  try {
    await api.sql(`update membership set ended_at = now() where role = 'practice-administrator' and organization_id = $1`, [
      api.world.practices.alder,
    ])
    const { data } = await (
      await api.signedIn('careManager')
    ).ask(
      `mutation ($id: ID!) { openInEmergency(patientId: $id, reason: "Overdose, needs her medicines") { __typename ... on EmergencyAccess { id } } }`,
      { id: api.world.charts.alder[0] },
    )
    worker = startWorker(api, api.queue, mail)
    await until('the job is done', async () => (await state(api)) === 'done', 60_000)
    expect(mail.recipients).toEqual([api.world.users.administrator.email])
    const [letter] = mail.letters
    expect(letter).toContain('Alder Family Practice')
    expect(letter).toContain(`https://commons.example/practices/${api.world.practices.alder}`)
    for (const word of [canaries.alder, 'Anna', 'Overdose', 'Cara', 'Manager', data.openInEmergency.id, api.world.charts.alder[0]!])
      expect({ word, told: letter!.includes(word) }).toEqual({ word, told: false })
    const administrator = await api.signedIn('administrator')
    const told = await administrator.ask('{ organizations(kind: PRACTICE) { edges { node { id emergenciesTold } } } }')
    expect(told.data.organizations.edges).toContainEqual({ node: { id: api.world.practices.alder, emergenciesTold: 1 } })
    expect(told.data.organizations.edges).toContainEqual({ node: { id: api.world.practices.birch, emergenciesTold: 0 } })
    const own = await (await api.signedIn('careManager')).ask('{ emergencies { edges { node { mailedAt regionToldAt mailFailedAt } } } }')
    expect(nodesOf(own.data.emergencies)).toEqual([{ mailedAt: null, regionToldAt: expect.any(String), mailFailedAt: null }])
  } finally {
    if (worker) await end(worker, 'SIGKILL')
    await mail.close()
    await api.close()
  }
}, 120_000)

test('nobody asks for a letter about an emergency of somebody else, nor under another practice', async () => {
  const api = await openTestApi()
  const birch = await api.signedIn('birchClinician')
  await birch.ask(`mutation ($id: ID!) { openInEmergency(patientId: $id, reason: "Overdose, needs her medicines") { __typename } }`, {
    id: api.world.charts.birch[0],
  })
  const [own] = await api.sql('select id, practice_id, membership_id, user_id, organization_id from emergency_access')
  const insert = (practice: string) =>
    api.sql(
      `insert into job (id, name, subject_id, practice_id, state, created_at) values ($1, 'mail.emergency', $2, $3, 'queued', now())`,
      [newId(), own!['id'], practice],
    )
  const tryAs = async (membership: string, practice: string) => {
    await api.sql('begin')
    await api.sql('set local role commons_practice')
    for (const [name, value] of Object.entries({
      membership_id: membership,
      user_id: own!['user_id'],
      organization_id: own!['organization_id'],
    }))
      await api.sql('select set_config($1, $2, true)', [`commons.${name}`, value])
    const outcome = await insert(practice).then(
      () => 'written',
      (error: { code: string }) => error.code,
    )
    await api.sql('rollback')
    return outcome
  }
  expect(await tryAs(own!['membership_id'], own!['practice_id'])).toBe('written')
  expect(await tryAs(own!['membership_id'], api.world.practices.alder)).toBe('42501')
  expect(await tryAs(newId(), own!['practice_id'])).toBe('42501')
  await api.close()
})

const state = async (api: TestApi) => (await api.sql(`select state from job where name = 'mail.emergency'`))[0]!['state']

async function secondAdministrator(api: TestApi): Promise<void> {
  const [person, membership] = [newId(), newId()]
  await api.sql(`insert into app_user (id, name, email, created_at) values ($1, 'Second Admin', $2, now())`, [person, SECOND])
  await api.sql(
    `insert into membership (id, user_id, organization_id, role, starts_on) values ($1, $2, $3, 'practice-administrator', '2020-01-01')`,
    [membership, person, api.world.practices.alder],
  )
}
