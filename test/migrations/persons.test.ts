import { createHash } from 'node:crypto'
import { newId } from '@carecommons/kernel'
import type { Client } from 'pg'
import { withDatabaseBefore } from '../support/earlier-database.ts'

const SSN = 'http://hl7.org/fhir/sid/us-ssn'
const key = (number: string) => createHash('sha256').update(`${SSN}|${number}|1950-02-03`).digest()

async function practiceIn(owner: Client): Promise<string> {
  const [region, practice] = [newId(), newId()]
  await owner.query(`insert into region (id, name, time_zone, is_demo, created_at) values ($1, 'r', 'UTC', false, now())`, [region])
  await owner.query(`insert into organization (id, region_id, kind, name, slug, created_at) values ($1, $2, 'practice', 'p', 'p', now())`, [
    practice,
    region,
  ])
  return practice
}

/** A chart of a person, whose newest version has these numbers. */
async function chart(owner: Client, practice: string, name: string, person: string, numbers: readonly string[]): Promise<string> {
  const id = newId()
  await owner.query('insert into person (id, created_at) values ($1, now()) on conflict do nothing', [person])
  await owner.query(
    `insert into patient (id, practice_id, person_id, fhir_id, family_name, given_name, deceased) values ($1, $2, $3, $4, $4, $4, false)`,
    [id, practice, person, name],
  )
  const identifier = numbers.map((value) => ({ system: SSN, value }))
  await owner.query(
    `insert into resource_version (practice_id, patient_id, type, fhir_id, watermark, hash, codes, content, import_file_id, line)
     values ($1, $2, 'Patient', $3, 1, '', '{}', $4, $1, 1)`,
    [practice, id, name, JSON.stringify({ resourceType: 'Patient', id: name, birthDate: '1950-02-03', identifier })],
  )
  return id
}

test('people of an older database get ids that do not tell when they came; their charts and identifiers stay with them', () =>
  withDatabaseBefore('0022-undated-persons', async (owner, upgrade) => {
    const practice = await practiceIn(owner)
    const [known, other] = [newId(), newId()]
    await chart(owner, practice, 'one', known, ['111-22-3333'])
    await chart(owner, practice, 'two', known, ['111223333'])
    await chart(owner, practice, 'three', other, [])
    await owner.query('insert into person_key (key_hash, person_id) values ($1, $2)', [key('111223333'), known])

    await upgrade()

    const { rows } = await owner.query<{ id: string; charts: string[]; keys: number }>(`
      select r.id, array_agg(p.family_name order by p.family_name) as charts, count(k.key_hash)::int as keys
        from person r join patient p on p.person_id = r.id left join person_key k on k.patient_id = p.id group by 1 order by 2`)
    expect(rows.map(({ charts, keys }) => ({ charts, keys }))).toEqual([
      { charts: ['one', 'two'], keys: 2 },
      { charts: ['three'], keys: 0 },
    ])
    expect(rows.map(({ id }) => id[14])).toEqual(['4', '4'])
  }))

test('charts of an older database are linked by what their newest versions say; its runs keep the people whom they counted', () =>
  withDatabaseBefore('0043-person-links', async (owner, upgrade) => {
    const practice = await practiceIn(owner)
    const [first, second, third] = [newId(), newId(), newId()].map((id) => id.replace(/^(.{14})./, '$14'))
    // Corrected since it was linked; linked by way of a third; of text that cannot be read as JSON.
    const charts = {
      a: await chart(owner, practice, 'a', first!, ['1']),
      b: await chart(owner, practice, 'b', first!, ['2']),
      c: await chart(owner, practice, 'c', second!, ['2', '3']),
      d: await chart(owner, practice, 'd', third!, ['3']),
      e: await chart(owner, practice, 'e', third!, []),
    }
    await owner.query(`update resource_version set content = '{"a":"\\u0000"}' where patient_id = $1`, [charts.e])
    const [region] = (await owner.query<{ id: string }>('select id from region')).rows
    await owner.query('insert into data_watermark (region_id, value) values ($1, 5)', [region!.id])
    const run = newId()
    await owner.query(
      `insert into metric_run (id, region_id, period_start, period_end, watermark, package_hashes, engine, state, idempotency_key, requested_at)
       values ($1, $2, '2025-01-01', '2025-12-31', 1, '{}', 'e', 'published', 'k', now())`,
      [run, region!.id],
    )
    await owner.query('insert into run_member (practice_id, run_id, patient_id) values ($1, $2, $3)', [practice, run, charts.a])
    for (const id of [charts.a, charts.b])
      await owner.query(
        `insert into measure_membership (practice_id, run_id, patient_id, measure_id, group_index, initial_population, denominator, denominator_exclusion,
                                         denominator_exception, numerator, evidence) values ($1, $2, $3, 'm', 0, 1, 1, 0, 0, 0, '{}')`,
        [practice, run, id],
      )

    await upgrade()

    const groups = await owner.query('select array_agg(fhir_id order by fhir_id) as charts from patient group by person_id order by 1')
    expect(groups.rows.map(({ charts: of }) => of as string[])).toEqual([['a'], ['b', 'c', 'd'], ['e']])
    const members = await owner.query('select patient_id, person_id from run_member order by patient_id')
    expect(members.rows).toEqual([charts.a, charts.b].map((patient_id) => ({ patient_id, person_id: first })))
    // Whoever changed hands is followed.
    const followed = await owner.query(
      `select p.fhir_id as chart from changed_chart c join patient p on p.id = c.patient_id where c.watermark = 5 order by 1`,
    )
    expect(followed.rows).toEqual([{ chart: 'b' }, { chart: 'd' }, { chart: 'e' }])
    expect((await owner.query('select from person where id not in (select person_id from patient)')).rows).toEqual([])
  }))
