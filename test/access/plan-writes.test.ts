// By SQL as the region's role: the last day of an assignment changes by a recorded plan alone, as that plan has it, and by nobody but who allocates.
import { openTestApi, type TestApi } from '../support/api.ts'
import { type AsPerson, insert, NOW_AND_ID, openAsPerson } from '../support/as-person.ts'
import { type AsRole, CHECK_VIOLATION, DENIED, openAsRole } from '../support/as-role.ts'

let api: TestApi
let asked: AsRole
let people: AsPerson
beforeAll(async () => {
  api = await openTestApi()
  asked = await openAsRole(api)
  people = await openAsPerson(api, asked)
  await api.sql(
    `insert into staff_plan (id, starts_on, wish, problem, input_hash, state, plan, requested_by, requested_by_name, requested_at)
     select id::uuid, '2026-03-09', '{}', '{}', 'x', state, case state when 'done' then '{}'::jsonb end, uuidv7(), 'x', now() from (values ($1, 'done'), ($2, 'queued')) p (id, state)`,
    [PLAN, WAITING],
  )
  await api.sql(`update care_assignment set ends_on = '2026-06-30' where practice_id = $1`, [api.world.practices.birch])
})
afterAll(async () => {
  await asked.close()
  await api.close()
})

const PLAN = '01a1ffc8-34ee-7000-ba4d-000000000001'
const WAITING = '01a1ffc8-34ee-7000-ba4d-000000000002'
const { id: APPLICATION } = NOW_AND_ID
const birch = () => `practice_id = '${api.world.practices.birch}'`
const applied = (values: Readonly<Record<string, string | null>> = {}) => {
  const { user_id, name } = people.of('workforceManager')
  const by = { applied_by: user_id, applied_by_name: name, applied_at: '2026-03-02' }
  return insert('staff_plan_application', { id: APPLICATION, plan_id: PLAN, starts_on: '2026-03-09', ...by, ...values })
}
const noted = (endsOn = 'ends_on', kind = 'shortened') =>
  `insert into staff_plan_change select '${APPLICATION}', id, '${kind}', ${endsOn} from care_assignment where ${birch()}`
const ends = (day: string | null) => `update care_assignment set ends_on = ${day === null ? 'null' : `'${day}'`} where ${birch()}`
const undone = (by = people.of('workforceManager')) =>
  `update staff_plan_application set undone_at = '2026-03-03', undone_by = '${by.user_id}', undone_by_name = 'x'`
const done = (...parts: readonly string[]) => parts.join('; ')

test('a recorded plan ends an assignment the day before it begins, and taken back gives it its own last day', async () => {
  const whole = done(applied(), noted(), ends('2026-03-08'), `select ends_on::text from care_assignment where ${birch()}`)
  expect(await people.by('workforceManager', whole)).toEqual([{ ends_on: '2026-03-08' }])
  const back = done(
    applied(),
    noted(),
    ends('2026-03-08'),
    undone(),
    ends('2026-06-30'),
    `select ends_on::text from care_assignment where ${birch()}`,
  )
  expect(await people.by('workforceManager', back)).toEqual([{ ends_on: '2026-06-30' }])
})

test('no other day, no other record, nobody else', async () => {
  const refusals = [
    ends('2026-03-08'),
    done(applied(), ends('2026-03-08')),
    done(applied(), noted('ends_on', 'begun'), ends('2026-03-08')),
    ...['2026-03-07', '2026-03-09', '2027-03-08', null].map((day) => done(applied(), noted(), ends(day))),
    done(applied(), noted(), ends('2026-03-08'), undone(), ends(null)),
    done(applied(), noted(`'2027-01-01'::date`), ends('2026-03-08')),
    done(applied({ applied_by: people.of('administrator').user_id }), noted(), ends('2026-03-08')),
    applied({ plan_id: WAITING }),
    applied({ starts_on: '2026-03-10' }),
    applied({ undone_at: '2026-03-02', undone_by: people.of('workforceManager').user_id }),
    done(applied(), noted(), `update staff_plan_change set ends_on = null`),
    done(applied(), noted(), 'delete from staff_plan_change'),
    done(applied(), 'delete from staff_plan_application'),
    done(applied(), `update staff_plan_application set starts_on = '2026-04-01'`),
    done(applied(), undone(people.of('administrator'))),
    done(applied(), undone(), noted()),
  ]
  for (const sql of refusals) expect({ sql, got: await people.by('workforceManager', sql) }).toEqual({ sql, got: DENIED })
  expect(await people.by('workforceManager', applied({ applied_at: '2026-03-10' }))).toBe(CHECK_VIOLATION)
  for (const who of ['administrator', 'analyst', 'careManager', 'alderAdministrator'] as const) {
    const { user_id } = people.of(who)
    expect({ who, got: await people.by(who, applied({ applied_by: user_id })) }).toEqual({ who, got: DENIED })
    expect({ who, got: await people.by(who, ends('2026-03-08')) }).toEqual({ who, got: DENIED })
  }
})

test('a plan that would begin after an assignment is over does not lengthen it', async () => {
  await api.sql(`update care_assignment set ends_on = '2026-03-04' where ${birch()}`)
  expect(await people.by('workforceManager', done(applied(), noted(), ends('2026-03-08')))).toBe(DENIED)
})
