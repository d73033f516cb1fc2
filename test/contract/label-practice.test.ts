import { labelPractice, publishRun } from '@carecommons/domain'
import { newId } from '@carecommons/kernel'
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

test('what is labelled is another state of the records: a run planned after it is published over one planned before, never the other way round', async () => {
  const { alder } = api.world.practices
  const state = async (): Promise<number> => Number((await api.sql('select value from data_watermark'))[0]!['value'])
  const before = await state()
  await labelPractice(api.world.database, alder)
  expect(await state()).toBeGreaterThan(before)
  const marks = await api.sql('select min(watermark)::int as first from changed_chart where practice_id = $1', [alder])
  expect(marks[0]!['first']).toBeGreaterThan(before)

  const planned = async (watermark: number, startedAt: string): Promise<string> => {
    const id = newId<'MetricRun'>()
    const run = { id, watermark, started_at: startedAt, state: 'scoring', idempotency_key: id, finished_at: null }
    await api.sql('insert into metric_run select (jsonb_populate_record(r, $2::jsonb)).* from metric_run r where id = $1', [
      api.world.runId,
      JSON.stringify(run),
    ])
    await publishRun(api.world.database, id)
    expect(await api.sql('select state from metric_run where id = $1', [id])).toEqual([{ state: 'published' }])
    return id
  }
  const standing = async () => (await api.sql('select run_id from publication'))[0]!['run_id']
  await planned(before, '2026-01-05T06:00:00Z')
  const later = await planned(before, '2026-01-06T00:00:01Z')
  expect(await standing()).toBe(later)
  await planned(before, '2026-01-05T12:00:00Z')
  expect(await standing()).toBe(later)
  const newer = await planned(await state(), '2026-01-05T12:00:00Z')
  expect(await standing()).toBe(newer)
})
