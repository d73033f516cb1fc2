import pg from 'pg'
import { readFileSync } from 'node:fs'
import { askOracle } from '/work/main/test/conformance/metric/oracle.ts'
const { ownerUrl } = JSON.parse(readFileSync('/tmp/mx/env.json', 'utf8'))
const c = new pg.Client(process.env.URL ?? ownerUrl); await c.connect()
const t = Date.now()
const [y, tz] = [process.argv[2] ?? '2020', 'America/New_York']
await askOracle(c, { start: `${y}-01-01`, end: `${y}-12-31`, timeZone: tz })
console.log('oracle', Date.now() - t, 'ms')
console.table((await c.query('select measure_id, sum(denominator)::int d, sum(denominator_exclusion)::int x, sum(numerator)::int n from stand group by 1 order by 1')).rows)
const diff = (await c.query(`
 with run as (select id from metric_run where state='published' and period_start = $1 order by requested_at desc limit 1),
 m as (select practice_id, patient_id, measure_id, initial_population, denominator, denominator_exclusion, denominator_exception, numerator from measure_membership where run_id = (select id from run))
 select 'ours' as who, * from (select * from m except select * from stand) a union all select 'oracle', * from (select * from stand except select * from m) b order by 3,4,1`, [`${y}-01-01`])).rows
console.log('differences', diff.length); console.table(diff.slice(0, 20))
await c.end()
