// Whose pull a start prints: the payer that is shown most, and why there is none.
import { payerToShow } from '@carecommons/domain'
import { openTestApi, type TestApi } from '../support/api.ts'
import { PERIOD } from '../support/world.ts'

let api: TestApi
beforeAll(async () => void (api = await openTestApi()))
afterAll(() => api.close())

const shown = () => payerToShow(api.world.database)

test('the payer with most rows that are not hidden, in the newest period that shows any payer something', async () => {
  const { pine, quill } = api.world.payers
  const rows = await api.sql(
    'select payer_id, count(*) filter (where not hidden)::int as shown from payer_performance group by 1 order by 2 desc',
  )
  expect(rows.map(({ payer_id }) => payer_id)).toEqual([pine, quill])
  expect(await shown()).toEqual({ payerId: pine, ...PERIOD })
  await api.sql('update payer_performance set hidden = true where payer_id = $1', [pine])
  expect(await shown()).toEqual({ payerId: quill, ...PERIOD })
  // A newer period in which everything is hidden is not preferred.
  const [newer] = await api.sql(
    `with run as (insert into metric_run select (jsonb_populate_record(r, jsonb_build_object('id', uuidv7(), 'idempotency_key', 'newer',
                  'period_start', '2026-01-01', 'period_end', '2026-12-31'))).* from metric_run r where id = $1 returning *),
          row as (insert into payer_performance select (jsonb_populate_record(f, jsonb_build_object('id', uuidv7(), 'run_id', run.id, 'hidden', true))).*
                  from payer_performance f, run where f.payer_id = $2)
     insert into publication select period_start, period_end, id, now() from run returning run_id`,
    [api.world.runId, pine],
  )
  expect(await shown()).toEqual({ payerId: quill, ...PERIOD })
  // Where nobody is shown anything, the newest is.
  await api.sql('update payer_performance set hidden = true')
  expect(await shown()).toEqual({ payerId: pine, start: '2026-01-01', end: '2026-12-31' })
  await api.sql('delete from publication where run_id = $1', [newer!['run_id']])
})

test('none: payers without a member in a measure, no payers, no charts', async () => {
  await api.sql('delete from payer_performance')
  await api.sql(
    `insert into metric_chunk (id, run_id, practice_id, ordinal, first_patient_id, last_patient_id, charts)
     values (uuidv7(), $1, $2, 99, $3, $3, 1)`,
    [api.world.runId, api.world.practices.alder, api.world.charts.alder[0]],
  )
  expect(await shown()).toBe('no-members')
  await api.sql(`update organization set kind = 'community-partner' where kind = 'payer'`)
  expect(await shown()).toBe('no-payers')
  await api.sql('delete from metric_chunk')
  expect(await shown()).toBe('no-charts')
})
