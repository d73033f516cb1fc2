import { databaseRoles } from '@carecommons/access'
import { entities } from '@carecommons/domain'
import { newId } from '@carecommons/kernel'
import { assert, asyncProperty, constantFrom, date, option, record, array, boolean } from 'fast-check'
import { Client } from 'pg'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { canaries, chartCounts, type PracticeKey } from '../support/world.ts'

/** Where the region's day begins and ends in the examples below. */
const ZONE = 'America/New_York'
const practiceKeys = Object.keys(canaries) as PracticeKey[]

let api: TestApi
let careManager: Caller
let clinician: Caller
let login: Client
let cases = 0

beforeAll(async () => {
  api = await openTestApi()
  careManager = await api.signedIn('careManager')
  clinician = await api.signedIn('birchClinician')
  login = new Client(api.appUrl)
  await login.connect()
  await api.sql(`update session set expires_at = '2100-01-01'`)
})
afterAll(async () => {
  await login.end()
  await api.close()
  process.stdout.write(`reach: ${cases} cases\n`)
})

/** A calendar day of the region, reckoned without the product's calendar. */
const dayOf = (instant: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone: ZONE }).format(instant)

const day = date({ min: new Date('2026-01-01T12:00:00Z'), max: new Date('2026-12-31T12:00:00Z'), noInvalidDate: true }).map((at) =>
  at.toISOString().slice(0, 10),
)
const stint = record({
  practice: constantFrom(...practiceKeys),
  kind: constantFrom('assignment', 'cover'),
  starts: day,
  ends: option(day),
  isEndedAtOnce: boolean(),
})
const now = date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2026-12-31T23:59:59Z'), noInvalidDate: true })

/** Living charts of each practice, as the registry lists them. */
const living = (practice: PracticeKey): number => chartCounts[practice] - 1

async function seenBy(caller: Caller): Promise<{ total: number; practices: PracticeKey[] }> {
  const { data, errors, text } = await caller.ask('{ patients(first: 100) { totalCount edges { node { familyName } } } }')
  if (errors.length > 0) throw new Error(text)
  const practices = practiceKeys.filter((key) =>
    data.patients.edges.some((edge: { node: { familyName: string } }) => edge.node.familyName.startsWith(canaries[key])),
  )
  return { total: data.patients.totalCount, practices }
}

async function at(instant: Date): Promise<void> {
  api.setNow(instant.toISOString())
  // The session itself neither idles nor ends: this is about what it reaches.
  await api.sql('update session set last_seen_at = $1', [instant.toISOString()])
}

test('a care manager sees the practices of live assignments and covers, and no others, whatever the region looks like', async () => {
  const [membership] = await api.sql(
    `select m.id from membership m join app_user u on u.id = m.user_id where u.email = 'cara.manager@example.org'`,
  )
  await assert(
    asyncProperty(
      array(stint, { maxLength: 5 }),
      array(constantFrom(...practiceKeys), { maxLength: 2 }),
      now,
      async (stints, inactive, instant) => {
        cases++
        await api.sql(
          `update organization set active_since = case when slug = any ($1) then null else date '2020-01-01' end where kind = 'practice'`,
          [inactive],
        )
        await api.sql('delete from care_assignment where membership_id = $1', [membership!['id']])
        for (const { practice, kind, starts, ends, isEndedAtOnce } of stints)
          await api.sql(
            `insert into care_assignment (id, membership_id, practice_id, kind, starts_on, ends_on, ended_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, now())`,
            [newId(), membership!['id'], api.world.practices[practice], kind, starts, ends, isEndedAtOnce ? instant.toISOString() : null],
          )
        await at(instant)
        const today = dayOf(instant)
        const expected = practiceKeys.filter(
          (key) =>
            !inactive.includes(key) &&
            stints.some(
              (one) => one.practice === key && !one.isEndedAtOnce && one.starts <= today && (one.ends === null || today <= one.ends),
            ),
        )
        expect(await seenBy(careManager)).toEqual({ total: expected.reduce((sum, key) => sum + living(key), 0), practices: expected })
      },
    ),
    { numRuns: 60 },
  )
})

test('a clinician sees the own practice while the membership runs and the practice is active, and nothing before and after', async () => {
  const [membership] = await api.sql(
    `select m.id from membership m join app_user u on u.id = m.user_id where u.email = 'casey.birch@example.org'`,
  )
  await assert(
    asyncProperty(stint, boolean(), now, async ({ starts, ends, isEndedAtOnce }, isActive, instant) => {
      cases++
      await api.sql(`update organization set active_since = $1 where slug = 'birch'`, [isActive ? '2020-01-01' : null])
      await api.sql('update membership set starts_on = $2, ends_on = $3, ended_at = $4 where id = $1', [
        membership!['id'],
        starts,
        ends,
        isEndedAtOnce ? instant.toISOString() : null,
      ])
      await at(instant)
      const today = dayOf(instant)
      const isLive = !isEndedAtOnce && starts <= today && (ends === null || today <= ends)
      if (!isLive) {
        const { errors } = await clinician.ask('{ patients { totalCount } }')
        expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['UNAUTHENTICATED'])
      } else
        expect(await seenBy(clinician)).toEqual(isActive ? { total: living('birch'), practices: ['birch'] } : { total: 0, practices: [] })
    }),
    { numRuns: 40 },
  )
})

const tenantTables = entities.filter(({ meta }) => 'practiceId' in meta.properties).map(({ meta }) => meta.tableName as string)

/** What a transaction of each role says of itself, and whose rows of charts it may then meet. */
const scopes: readonly { role: string; settings: () => Record<string, string>; mayMeet: readonly PracticeKey[] }[] = [
  { role: databaseRoles.practice, settings: () => ({ practice_id: api.world.practices.alder }), mayMeet: ['alder'] },
  { role: databaseRoles.practice, settings: () => ({ organization_id: api.world.practices.alder }), mayMeet: [] },
  {
    role: databaseRoles.careManager,
    settings: () => ({ practice_ids: `{${api.world.practices.alder},${api.world.practices.birch}}` }),
    mayMeet: ['alder', 'birch'],
  },
  { role: databaseRoles.careManager, settings: () => ({ practice_ids: '{}' }), mayMeet: [] },
  {
    role: databaseRoles.patient,
    settings: () => ({ practice_id: api.world.practices.alder, patient_id: api.world.charts.alder[0]! }),
    mayMeet: ['alder'],
  },
  // Another practice's chart under the own practice's name.
  {
    role: databaseRoles.patient,
    settings: () => ({ practice_id: api.world.practices.alder, patient_id: api.world.charts.birch[0]! }),
    mayMeet: [],
  },
  { role: databaseRoles.payer, settings: () => ({ payer_id: api.world.payers.pine }), mayMeet: [] },
  { role: databaseRoles.feed, settings: () => ({ organization_id: api.world.practices.alder }), mayMeet: [] },
  { role: databaseRoles.door, settings: () => ({}), mayMeet: [] },
  ...Object.values(databaseRoles).map((role) => ({ role, settings: () => ({}), mayMeet: [] })),
]

/** Whole rows of charts; figures, assignments and the audit have rules and tests of their own. */
const chartTables = tenantTables.filter((table) => !/^(score|payer_|metric_|job|audit_|care_assignment)/.test(table))

test.each(chartTables)('as every database role, %s shows rows of the practices that its scope opens and of no other', async (table) => {
  for (const { role, settings, mayMeet } of scopes) {
    cases++
    await login.query('begin')
    await login.query(`set local role ${role}`)
    for (const [name, value] of Object.entries(settings())) await login.query('select set_config($1, $2, true)', [`commons.${name}`, value])
    const met = await login.query<{ practice_id: string }>(`select distinct practice_id from ${table}`).then(
      ({ rows }) => rows.map(({ practice_id }) => practice_id),
      (error: { code?: string }) => (error.code === '42501' ? [] : Promise.reject(error as Error)),
    )
    await login.query('rollback')
    const allowed = mayMeet.map((key) => api.world.practices[key])
    expect({ role, table, foreign: met.filter((id) => !allowed.includes(id)) }).toEqual({ role, table, foreign: [] })
  }
})
