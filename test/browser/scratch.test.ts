import { demoRegion } from '../support/region.ts'
test('up', async () => {
  const t=Date.now()
  const r = await demoRegion({practices:3, patients:260})
  console.log(Date.now()-t, r.url, r.users)
  console.log(await r.sql(`select payer_id, practice_id, measure_id, hidden, denominator, numerator from payer_performance order by 1,2 nulls first`))
  console.log(await r.sql(`select o.name, payer_id, count(*) filter (where practice_id is null and not hidden) reg, count(*) filter (where practice_id is not null and not hidden) prac, count(*) from payer_performance p join organization o on o.id=payer_id group by 1,2`))
  const t2=Date.now()
  const r2 = await demoRegion({practices:3, patients:260})
  console.log('second', Date.now()-t2)
  await r2.close()
  await r.close()
}, 300000)
