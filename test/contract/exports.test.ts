import { get } from 'node:http'
import { openTestApi, type TestApi } from '../support/api.ts'
import { NOW } from '../support/world.ts'

const AUDIT = '/exports/audit.ndjson?from=2026-03-01&to=2026-03-02'
const PERFORMANCE = '/exports/performance.csv'

let api: TestApi
beforeEach(async () => void (api = await openTestApi()))
afterEach(() => api.close())

/** Far more than fits into a socket: a reader who does not read holds the export up. */
async function plantLooks(rows: number): Promise<void> {
  await api.sql(
    `insert into audit_event (id, at, purpose, practice_id, action, subject, subject_ids, outcome, correlation_id)
     select uuidv7(), '2026-03-02T14:00:00Z'::timestamptz + n * interval '1 ms', 'treatment', $1, 'read', 'Chart', array[uuidv7()], 'allowed', uuidv7()
       from generate_series(1, $2::int) n`,
    [api.world.practices.alder, rows],
  )
}

test.each([
  [
    'the membership ends',
    `update membership set ended_at = now() where id = (select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1)`,
  ],
  ['the session ends', 'delete from session where user_id = (select id from app_user where email = $1)'],
  [
    'the role is taken',
    `update membership set role = 'clinician' where id = (select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1)`,
  ],
])('hardening 13: a running export stops when %s, and shows that it is not whole', async (_what, sql) => {
  await plantLooks(60_000)
  const administrator = await api.signedIn('alderAdministrator')
  const { received, error } = await new Promise<{ received: number; error: string | null }>((resolve, reject) => {
    const request = get(api.url + AUDIT, { headers: { cookie: administrator.cookie } }, (response) => {
      let received = 0
      response.pause()
      // The first pages wait in the socket while the access ends.
      void api.sql(sql, [api.world.users.alderAdministrator.email]).then(() => response.resume(), reject)
      response.on('data', (part: Buffer) => (received += part.toString().split('\n').length - 1))
      response.on('end', () => resolve({ received, error: null }))
      response.on('error', (failure) => resolve({ received, error: failure.message }))
    })
    request.on('error', reject)
  })
  expect(error).toBe('aborted')
  expect(received).toBeGreaterThan(0)
  expect(received).toBeLessThan(60_000)
})

test('hardening 27: a link to an export holds nothing: it is worth what the session of who follows it is worth', async () => {
  await plantLooks(3)
  const administrator = await api.signedIn('alderAdministrator')
  const link = async (caller: { fetch(path: string): Promise<Response> }, path: string) => {
    const response = await caller.fetch(path)
    return { status: response.status, file: response.headers.get('content-disposition'), text: await response.text() }
  }
  const own = await link(administrator, AUDIT)
  expect(own).toMatchObject({ status: 200, file: 'attachment; filename=audit.ndjson' })
  // Another user, another practice, nobody.
  expect((await link(await api.signedIn('alderClinician'), AUDIT)).status).toBe(403)
  const elsewhere = await link(await api.signedIn('birchAdministrator'), AUDIT)
  expect(elsewhere.status).toBe(200)
  expect(elsewhere.text).not.toContain(api.world.practices.alder)
  expect((await link(api.caller(), AUDIT)).status).toBe(401)
  expect((await link(await api.signedIn('alderAdministrator'), PERFORMANCE)).status).toBe(403)
  // Guessed ones are none, whatever is in the address.
  for (const path of [
    '/exports/1',
    '/exports/audit',
    `/exports/${api.world.practices.alder}.ndjson`,
    '/exports/../exports/audit.json',
    '/exports/',
  ])
    expect((await link(administrator, path)).status).toBe(404)
  // After signing out, idling and expiry the same link opens nothing.
  const old = administrator.cookie
  await administrator.ask('mutation { signOut }')
  administrator.cookie = old
  expect((await link(administrator, AUDIT)).status).toBe(401)
  for (const [minutes, status] of [
    [16, 423],
    [13 * 60, 401],
  ] as const) {
    const later = await api.signedIn('alderAdministrator')
    api.setNow(new Date(Date.parse(NOW) + minutes * 60_000).toISOString())
    expect((await link(later, AUDIT)).status).toBe(status)
    api.setNow(NOW)
  }
  expect((await link(await api.signedIn('pineAnalyst'), PERFORMANCE)).file).toBe('attachment; filename=performance.csv')
})

test('hardening 17: what a role may not read it may not export', async () => {
  for (const user of ['alderStaff', 'alderQualityLead', 'alderPatient', 'careManager', 'administrator'] as const)
    for (const path of [AUDIT, PERFORMANCE])
      expect({ user, path, status: (await (await api.signedIn(user)).fetch(path)).status }).toEqual({ user, path, status: 403 })
})

describe('an export of the audit', () => {
  test('asks its person to prove who they are when that is more than five minutes ago; a look ahead tells so', async () => {
    const administrator = await api.signedIn('alderAdministrator')
    const at = (minutes: number) => new Date(Date.parse(NOW) + minutes * 60_000).toISOString()
    expect((await administrator.fetch(AUDIT, { method: 'HEAD' })).status).toBe(204)
    api.setNow(at(6))
    expect((await administrator.fetch(AUDIT, { method: 'HEAD' })).status).toBe(403)
    const stale = await administrator.fetch(AUDIT)
    expect(stale.status).toBe(403)
    expect(await stale.json()).toMatchObject({ errors: [{ extensions: { code: 'STEP_UP_NEEDED' } }] })
    await administrator.ask('mutation ($proof: ProofInput!) { stepUp(proof: $proof) { __typename } }', {
      proof: { password: api.world.users.alderAdministrator.password },
    })
    expect((await administrator.fetch(AUDIT)).status).toBe(200)
    const exported = await api.sql(`select outcome from audit_event where action = 'export' order by id`)
    expect(exported).toEqual([{ outcome: 'denied' }, { outcome: 'denied' }, { outcome: 'allowed' }])
  })
})
