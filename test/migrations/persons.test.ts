import { newId } from '@carecommons/kernel'
import { withDatabaseBefore } from '../support/earlier-database.ts'

test('people of an older database get ids that do not tell when they came; their charts and identifiers stay with them', () =>
  withDatabaseBefore('0022-undated-persons', async (owner, upgrade) => {
    const [region, practice, known, other] = [newId(), newId(), newId(), newId()]
    await owner.query(`insert into region (id, name, time_zone, is_demo, created_at) values ($1, 'r', 'UTC', false, now())`, [region])
    await owner.query(
      `insert into organization (id, region_id, kind, name, slug, created_at) values ($1, $2, 'practice', 'p', 'p', now())`,
      [practice, region],
    )
    await owner.query('insert into person (id, created_at) values ($1, now()), ($2, now())', [known, other])
    for (const [name, person] of [
      ['one', known],
      ['two', known],
      ['three', other],
    ])
      await owner.query(
        `insert into patient (id, practice_id, person_id, fhir_id, family_name, given_name, deceased) values ($1, $2, $3, $4, $4, $4, false)`,
        [newId(), practice, person, name],
      )
    await owner.query(`insert into person_key (key_hash, person_id) values ('\\x01', $1)`, [known])

    await upgrade()

    const { rows } = await owner.query<{ id: string; charts: string[]; keys: number }>(`
      select r.id, array_agg(p.family_name order by p.family_name) as charts,
             (select count(*)::int from person_key k where k.person_id = r.id) as keys
        from person r join patient p on p.person_id = r.id group by 1 order by 2`)
    expect(rows.map(({ charts, keys }) => ({ charts, keys }))).toEqual([
      { charts: ['one', 'two'], keys: 1 },
      { charts: ['three'], keys: 0 },
    ])
    expect(rows.map(({ id }) => id[14])).toEqual(['4', '4'])
  }))
