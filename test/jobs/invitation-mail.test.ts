import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mailInvitation } from '@carecommons/domain'
import { clockAt, newId } from '@carecommons/kernel'
import { openMail } from '@carecommons/worker'
import { openMailServer } from '../support/mail-server.ts'
import { openTestApi, type TestApi } from '../support/api.ts'
import { NOW } from '../support/world.ts'

let api: TestApi
let folder: string
const log: { message?: string }[] = []
beforeAll(async () => {
  api = await openTestApi()
  folder = join(mkdtempSync(join(tmpdir(), 'letters-')), 'mail')
})
afterAll(async () => {
  await api.close()
  rmSync(folder, { recursive: true, force: true })
})

const clock = clockAt(NOW)
const publicUrl = 'https://commons.example'

async function invitation(email: string): Promise<string> {
  const id = newId()
  const [inviter] = await api.sql(`select id from membership where role = 'region-administrator'`)
  await api.sql(
    `insert into invitation (id, organization_id, role, name, email, invited_by, created_at, expires_at)
     values ($1, $2, 'practice-administrator', 'New Person', $3, $4, $5, $5::timestamptz + interval '7 days')`,
    [id, api.world.practices.alder, email, inviter!['id'], NOW],
  )
  return id
}

const row = async (id: string) => (await api.sql('select * from invitation where id = $1', [id]))[0]!
const tokenIn = (letter: string) => /https:\/\/commons\.example\/join#([\w-]{43})$/m.exec(letter)![1]!
const hashOf = (token: string) => createHash('sha256').update(token).digest()
const lettersIn = (path: string) => readdirSync(path).map((name) => readFileSync(join(path, name), 'utf8'))

test('without a mail server a letter is a file of this user, and the log says where, not what', async () => {
  const mail = openMail({ env: {}, folder, log: (line) => void log.push(line) })
  const id = await invitation('one@example.org')
  await mailInvitation(api.world.database, { mail, clock, publicUrl }, id)
  const [name, ...more] = readdirSync(folder)
  expect(more).toEqual([])
  expect(statSync(join(folder, name!)).mode & 0o777).toBe(0o600)
  const letter = readFileSync(join(folder, name!), 'utf8')
  expect(letter).toContain('To: New Person <one@example.org>')
  expect(letter).toContain('Robin Region invites you to Alder Family Practice')
  const token = tokenIn(letter)
  const kept = await row(id)
  expect(kept['token_hash']).toEqual(hashOf(token))
  expect(kept['sent_at']).not.toBeNull()
  expect(log).toEqual([expect.objectContaining({ level: 'warn', message: expect.stringContaining(name!) })])
  expect(JSON.stringify(log)).not.toContain(token)

  // Delivered again, the newest letter's link is the one that works.
  await mailInvitation(api.world.database, { mail, clock, publicUrl }, id)
  const tokens = lettersIn(folder).map(tokenIn)
  expect(tokens).toHaveLength(2)
  expect((await row(id))['token_hash']).toEqual(hashOf(tokens.find((one) => one !== token)!))
})

test('of two deliveries at once the one whose link was replaced says so, and is tried again', async () => {
  const id = await invitation('two@example.org')
  const sent: string[] = []
  let both = (): void => undefined
  const together = new Promise<void>((resolve) => (both = resolve))
  const mail = {
    send: async ({ text }: { text: string }) => {
      if (sent.push(tokenIn(text)) === 2) both()
      await together
    },
  }
  const deliver = () => mailInvitation(api.world.database, { mail, clock, publicUrl }, id)
  const outcomes = await Promise.allSettled([deliver(), deliver()])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(sent.map(hashOf)).toContainEqual((await row(id))['token_hash'])
})

test.each(['revoked_at', 'accepted_at', 'expires_at'])('what ended (%s) is not mailed', async (column) => {
  const id = await invitation(`${column}@example.org`)
  await api.sql(`update invitation set ${column} = $2 where id = $1`, [id, NOW])
  const mail = { send: () => Promise.reject(new Error('Nothing is to be sent.')) }
  await mailInvitation(api.world.database, { mail, clock, publicUrl }, id)
  expect((await row(id))['token_hash']).toBeNull()
})

test('a mail server gets the letter; an address that it refuses is not tried again', async () => {
  const server = await openMailServer()
  const options = { folder, log: () => undefined }
  const mail = openMail({ ...options, env: { COMMONS_SMTP_URL: server.url, COMMONS_MAIL_FROM: 'Commons <commons@example.org>' } })
  const id = await invitation('three@example.org')
  await mailInvitation(api.world.database, { mail, clock, publicUrl }, id)
  await server.close()
  expect(server.recipients).toEqual(['three@example.org'])
  expect(server.letters[0]).toContain('From: Commons <commons@example.org>')
  expect((await row(id))['token_hash']).toEqual(hashOf(tokenIn(server.letters[0]!)))

  const strict = await openMailServer({ refusing: true })
  const refused = openMail({ ...options, env: { COMMONS_SMTP_URL: strict.url } })
  await expect(mailInvitation(api.world.database, { mail: refused, clock, publicUrl }, id)).rejects.toMatchObject({
    code: 'AddressRefused',
  })
  await strict.close()
  // Nobody listens: the queue tries again.
  await expect(mailInvitation(api.world.database, { mail: refused, clock, publicUrl }, id)).rejects.toMatchObject({ code: 'ESOCKET' })
})
