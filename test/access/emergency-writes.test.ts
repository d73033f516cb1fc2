import { openTestApi, type TestApi } from '../support/api.ts'
import { type AsPerson, insert, NOW_AND_ID, openAsPerson, type Who } from '../support/as-person.ts'
import { type AsRole, DENIED, openAsRole } from '../support/as-role.ts'

let api: TestApi
let asked: AsRole
let people: AsPerson
const of: AsPerson['of'] = (key) => people.of(key)
const by: AsPerson['by'] = (who, sql) => people.by(who, sql)
beforeAll(async () => {
  api = await openTestApi()
  asked = await openAsRole(api)
  people = await openAsPerson(api, asked)
})
afterAll(async () => {
  await asked.close()
  await api.close()
})

test('hardening 19: emergencies begin in functions alone, and only administrators contest them', async () => {
  const { practices, charts } = api.world
  const chart = charts.alder[3]!
  const row = (who: Who) =>
    insert('emergency_access', {
      ...{ id: NOW_AND_ID.id, practice_id: practices.alder, patient_id: chart, user_id: of(who).user_id, membership_id: of(who).id },
      ...{
        user_name: of(who).name,
        organization_id: of(who).organization_id,
        reason: 'r',
        opened_at: '2026-03-02',
        expires_at: '2099-01-01',
      },
    })
  const open = (patientId = chart, why = 'Overdose') => `select id from commons_open_in_emergency('${patientId}', '${why}')`
  for (const who of ['alderClinician', 'alderAdministrator', 'careManager', 'alderStaff'] as const)
    expect({ who, got: await by(who, row(who)) }).toEqual({ who, got: DENIED })
  for (const who of ['alderClinician', 'alderAdministrator', 'careManager'] as const)
    expect({ who, got: await by(who, open()) }).toEqual({ who, got: [{ id: expect.anything() }] })
  for (const [who, sql] of [
    ...(['alderStaff', 'alderQualityLead'] as const).map((who) => [who, open()] as const),
    ['alderClinician', open(charts.birch[0]!)],
    ['careManager', open(charts.birch[0]!)],
    ['alderClinician', open(chart, ' ')],
  ] as const)
    expect({ who, sql, got: await by(who, sql) }).toEqual({ who, sql, got: [] })
  const [found] = await api.sql('select family_name, given_name, birth_date::text from patient where id = $1', [charts.birch[0]])
  const glass = `select id from commons_break_glass('${practices.birch}', '${found!.family_name}', '${found!.given_name}', '${found!.birth_date}', 'Overdose')`
  expect(await by('alderClinician', glass)).toHaveLength(1)
  expect(await by('alderStaff', glass)).toEqual([])

  const contest = (who: Who, more = `, contest_words = 'w'`, name = of(who).name) =>
    `update emergency_access set ended_at = now(), contested_at = now(), contested_by_name = '${name}'${more} returning id`
  const bar = (who: Who, name = of(who).name) =>
    insert('emergency_bar', {
      ...{ id: NOW_AND_ID.id, practice_id: practices.alder, patient_id: chart, user_id: of('alderAdministrator').user_id },
      ...{ set_at: '2026-03-02', set_by_name: name },
    })
  const lift = (name: string) => `update emergency_bar set lifted_at = now(), lifted_by_name = '${name}' returning id`
  const [her, hers] = [of('alderAdministrator').name, `${open()}; ${contest('alderAdministrator')}`]
  const done = `${hers}; ${bar('alderAdministrator')}; ${lift(her)}`
  expect(await by('alderAdministrator', done)).toEqual([{ id: NOW_AND_ID.id }])
  for (const [who, sql] of [
    ['alderClinician', `${open()}; ${contest('alderClinician')}`],
    ['alderAdministrator', `${open()}; ${contest('alderAdministrator', undefined, 'X')}`],
    ['alderAdministrator', `${open()}; ${contest('alderAdministrator', '')}`],
    ['alderAdministrator', `${open()}; update emergency_access set contest_words = 'w'`],
    ['alderAdministrator', bar('alderAdministrator')],
    ['alderAdministrator', `${hers}; ${bar('alderAdministrator', 'X')}`],
    ['alderAdministrator', `${hers}; ${bar('alderAdministrator')}; ${lift('X')}`],
    ['alderClinician', bar('alderClinician')],
  ] as const)
    expect({ who, sql, got: await by(who, sql) }).toEqual({ who, sql, got: DENIED })
  expect(await by('alderAdministrator', `${hers}; update emergency_access set contest_words = 'y'`)).toEqual([])
})
