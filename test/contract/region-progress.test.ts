// What the region is told of its practices month by month, and of what their figures rest on: never of 1 to 10 people, nor what leads to so few.
import { openTestApi, type TestApi } from '../support/api.ts'

let api: TestApi
beforeEach(async () => void (api = await openTestApi()))
afterEach(() => api.close())

const MONTHS =
  '{ region { months { endsOn measures { measure { id improvement packageHash } practices { practiceId name people rates watermark } } } } }'

async function months() {
  const { data, errors } = await (await api.signedIn('analyst')).ask(MONTHS)
  expect(errors).toEqual([])
  return data.region.months as {
    endsOn: string[]
    measures: { measure: { id: string }; practices: { practiceId: string; people: (number | null)[]; rates: (number | null)[] }[] }[]
  }
}

test('practices stand beside one another month by month, in whole percent of people to the nearest ten', async () => {
  await api.sql(`update month_score set counted = 44 where measure_id = 'control'`)
  const told = await months()
  expect(told.endsOn).toEqual(['2025-10-31', '2025-11-30', '2025-12-31'])
  expect(told.measures.map(({ measure }) => measure)).toEqual([
    { id: 'control', improvement: 'INCREASE', packageHash: 'c'.repeat(64) },
    { id: 'poor', improvement: 'DECREASE', packageHash: 'd'.repeat(64) },
  ])
  const names = await api.sql(`select id as "practiceId", name from organization where kind = 'practice' order by name, id`)
  expect(told.measures[0]!.practices).toEqual(
    names.map((practice) => ({ ...practice, people: [40, 40, 40], rates: [0.45, 0.48, 0.5], watermark: '7' })),
  )
})

test('a month of ten people or fewer is not told, and of those left out there are more than ten together', async () => {
  const { alder, birch, cedar } = api.world.practices
  const small = (practices: readonly string[], counted: number) =>
    api.sql(`update month_score set counted = $2, numerator = 3 where practice_id = any ($1) and ends_on = '2025-12-31'`, [
      practices,
      counted,
    ])
  await small([cedar], 6)
  await api.sql('update month_score set counted = 39 where practice_id = $1', [birch])
  const lastOf = async () =>
    new Map((await months()).measures[0]!.practices.map(({ practiceId, people, rates }) => [practiceId, [people.at(-1), rates.at(-1)]]))
  // The smallest that could be told goes with it: the region's own rate less the others would tell of six.
  expect(await lastOf()).toEqual(
    new Map([
      [alder, [40, 0.55]],
      [birch, [null, null]],
      [cedar, [null, null]],
    ]),
  )
  await small([birch, cedar], 6)
  expect((await lastOf()).get(alder)).toEqual([40, 0.55])
  await small([alder, birch, cedar], 10)
  expect((await months()).endsOn).toEqual(['2025-10-31', '2025-11-30'])
})

test('months by another package than the one in force are not compared', async () => {
  await api.sql(`update metric_run set package_hashes = array[$1]`, ['d'.repeat(64)])
  expect((await months()).measures.map(({ measure }) => measure.id)).toEqual(['poor'])
})

const RECORDS =
  '{ region { practiceRecords { practiceId charts visitThrough labThrough prescribedThrough withoutVisit withoutLab unlinked doubled alike } } }'
async function records() {
  const { data, errors } = await (await api.signedIn('administrator')).ask(RECORDS)
  expect(errors).toEqual([])
  return new Map((data.region.practiceRecords as { practiceId: string }[]).map(({ practiceId, ...told }) => [practiceId, told]))
}

test('what a practice’s figures rest on is counted over the living, small numbers and what leads to them left out', async () => {
  const { alder, birch, cedar } = api.world.practices
  const charts = api.world.charts.alder
  const some = (from: number, to: number) => charts.slice(from, to)
  await api.sql('update patient_summary set deceased = false, last_visit_on = null, lab_on = null, prescribed_on = null')
  await api.sql(`update patient_summary set last_visit_on = '2026-02-01' where patient_id = any ($1)`, [some(0, 12)])
  await api.sql(`update patient_summary set lab_on = '2026-01-07' where patient_id = any ($1)`, [some(0, 4)])
  await api.sql(`update patient_summary set prescribed_on = '2026-01-09' where patient_id = any ($1)`, [some(0, 25)])
  await api.sql('delete from person_key')
  // Seven pairs of a person each, and as many people of one name and day.
  await api.sql(
    `update patient p set person_id = (select person_id from patient where id = ($1::uuid[])[(n + 1) / 2]) from unnest($1::uuid[]) with ordinality c (id, n) where p.id = c.id and n <= 14`,
    [charts],
  )
  await api.sql(`update patient_summary set sort_name = 'one', birth_date = '1980-01-01' where patient_id = any ($1)`, [some(0, 13)])
  const told = await records()
  expect(told.get(alder)).toEqual({
    ...{ charts: 25, visitThrough: '2026-02-01', labThrough: '2026-01-07', prescribedThrough: '2026-01-09' },
    // Of 25 all but four have no value: the four follow.
    ...{ withoutVisit: 13, withoutLab: null, unlinked: 25, doubled: 14, alike: 13 },
  })
  expect(told.get(birch)).toMatchObject({ charts: 14, visitThrough: null, withoutVisit: 14, doubled: 0, alike: 0 })
  const nothing = { visitThrough: null, labThrough: null, prescribedThrough: null, withoutVisit: null, withoutLab: null }
  expect(told.get(cedar)).toEqual({ charts: null, ...nothing, unlinked: null, doubled: null, alike: null })
})
