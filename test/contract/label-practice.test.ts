import { labelPractice } from '@carecommons/domain'
import { openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
beforeAll(async () => void (api = await openTestApi()))
afterAll(() => api.close())

const conditions = () =>
  api.sql(
    `select practice_id, coalesce(sensitivity, 'none') as label, count(distinct patient_id)::int as charts from patient_condition group by 1, 2 order by 3`,
  )

test('declared a program under 42 CFR Part 2, a practice has every chart labelled, however many, and no other practice has any', async () => {
  const { alder, birch, cedar } = api.world.practices
  const [chart] = api.world.charts.cedar
  await api.sql('delete from patient_condition where practice_id <> $1', [birch])
  // More than are labelled at once, twice over.
  await api.sql(
    `with more as (
       insert into patient select (jsonb_populate_record(p, jsonb_build_object('id', uuidv7(), 'fhir_id', 'many-' || n))).*
         from patient p, generate_series(1, 450) n where p.id = $1 returning practice_id, id)
     insert into patient_condition (practice_id, patient_id, condition) select practice_id, id, 'diabetes' from more`,
    [chart],
  )
  const untouched = { practice_id: birch, label: 'none', charts: 7 }
  await labelPractice(api.world.database, cedar)
  expect(await conditions()).toEqual([untouched, { practice_id: cedar, label: 'none', charts: 450 }])
  await api.sql('update organization set part2_program = true where id = any ($1)', [[cedar, alder]])
  await labelPractice(api.world.database, cedar)
  expect(await conditions()).toEqual([untouched, { practice_id: cedar, label: 'part2', charts: 450 }])
})
