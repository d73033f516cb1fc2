import { newId } from '@carecommons/kernel'
import { assert, asyncProperty, constantFrom, date, option, record, array, boolean } from 'fast-check'
import { Client } from 'pg'
import { type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { canaries, chartCounts, type PracticeKey } from '../support/world.ts'
import { chartTables, scopes, strayRows } from './matrix/stray-rows.ts'

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

test.each(chartTables)('as every database role, %s shows rows of the practices that its scope opens and of no other', async (table) => {
  cases += scopes.length
  expect(await strayRows(api, login, table)).toEqual([])
})
