// Lists by condition and by registry are read in the order of risk that stands beside them: it is that of the summaries, whatever moves these.
import { openRiskFollower } from '@carecommons/domain'
import { clockAt } from '@carecommons/kernel'
import { type Caller, nodesOf, openTestApi, type TestApi } from '../support/api.ts'
import { NOW } from '../support/world.ts'

let api: TestApi
let clinician: Caller
beforeAll(async () => {
  api = await openTestApi()
  clinician = await api.signedIn('alderClinician')
})
afterAll(() => api.close())

const LISTS = `query ($after: String, $tier: Int) {
  condition: patients(condition: "diabetes", sort: RISK, first: 3, after: $after, tier: $tier) { ...page }
  registry: patients(registry: "diabetes", sort: RISK, first: 3, after: $after, tier: $tier) { ...page } }
  fragment page on PatientConnection { totalCount edges { cursor node { id } } pageInfo { hasNextPage endCursor } }`
type List = 'condition' | 'registry'

/** All of a list, three by three, and the number that it says of itself. */
async function listed(list: List, tier: number | null = null): Promise<{ ids: string[]; total: number }> {
  const ids: string[] = []
  for (let after: string | null = null; ;) {
    const { data, errors } = await clinician.ask(LISTS, { after, tier })
    expect(errors).toEqual([])
    const page = data[list]
    ids.push(...nodesOf(page).map(({ id }) => id as string))
    if (!page.pageInfo.hasNextPage) return { ids, total: page.totalCount }
    after = page.pageInfo.endCursor
  }
}

/** The same from the summaries, behind all walls. */
const TABLES = {
  condition: `patient_condition k where k.condition = 'diabetes'`,
  registry: `registry_membership k where k.left_on is null`,
}
const expected = async (list: List, tier: number | null = null): Promise<{ ids: string[]; total: number }> => {
  const rows = await api.sql(
    `select s.patient_id as id from patient_summary s
      where s.practice_id = $1 and not s.deceased and s.patient_id in (select k.patient_id from ${TABLES[list]})
        and ($2::int is null or s.risk_rank / 100 = $2) order by s.risk_rank desc, s.patient_id desc`,
    [api.world.practices.alder, tier],
  )
  return { ids: rows.map(({ id }) => id as string), total: rows.length }
}

const bothAreRight = async (tier: number | null = null): Promise<void> => {
  for (const list of ['condition', 'registry'] as const)
    expect({ list, ...(await listed(list, tier)) }).toEqual({ list, ...(await expected(list, tier)) })
}

test('the lists are those of the summaries, tier by tier', async () => {
  for (const tier of [null, 0, 1, 2, 3, 4]) await bothAreRight(tier)
  expect((await listed('condition')).ids.length).toBeGreaterThan(3)
})

test('they move with the risk that a worker works out', async () => {
  const before = (await listed('condition')).ids
  const [last] = before.slice(-1)
  const codes = [
    [201, 'I50.9'],
    [202, 'C78.0'],
    [203, 'N18.6'],
  ] as const
  for (const [id, code] of codes) {
    await api.sql(`insert into code (id, system, code) values ($1, 'http://hl7.org/fhir/sid/icd-10-cm', $2)`, [id, code])
    await api.sql(
      `insert into clinical_fact (practice_id, patient_id, type, fhir_id, part, status, code_id, starts_on, starts_at)
       values ($1, $2, 'Condition', $3, 0, 'active', $4, '2025-06-01', '2025-06-01')`,
      [api.world.practices.alder, last, code, id],
    )
  }
  await api.sql(`update patient_risk set worked_out_on = '-infinity'`)
  const follower = openRiskFollower(api.world.database, clockAt(NOW), 'America/New_York')
  for (let done = -1; done !== 0;) done = await follower.follow()
  await bothAreRight()
  expect((await listed('condition')).ids.indexOf(last!)).toBeLessThan(before.indexOf(last!))
})

test('who died is on none and counted in none, and on them again where it was a mistake', async () => {
  const [first] = (await listed('registry')).ids
  for (const deceased of [true, false]) {
    await api.sql('update patient_summary set deceased = $2 where patient_id = $1', [first, deceased])
    await bothAreRight()
    expect((await listed('registry')).ids.includes(first!)).toBe(!deceased)
  }
})

test('a summary that comes after its conditions brings its order along', async () => {
  const [first] = (await listed('condition')).ids
  await api.sql('update patient_condition set deceased = true, risk_rank = 0 where patient_id = $1', [first])
  await api.sql('update registry_membership set risk_rank = 0 where patient_id = $1', [first])
  await api.sql(`create temporary table kept as select * from patient_summary where patient_id = '${first}'`)
  await api.sql('delete from patient_summary where patient_id = $1', [first])
  await api.sql('insert into patient_summary select * from kept')
  const rows = await api.sql(
    `select k.risk_rank = s.risk_rank and k.deceased = s.deceased as is_kept from patient_summary s
       join (select patient_id, risk_rank, deceased from patient_condition union all select patient_id, risk_rank, deceased from registry_membership) k
         on k.patient_id = s.patient_id where s.patient_id = $1`,
    [first],
  )
  expect(rows.length).toBeGreaterThan(1)
  expect(rows.every(({ is_kept }) => is_kept)).toBe(true)
})
