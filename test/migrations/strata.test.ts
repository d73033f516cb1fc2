import { newId } from '@carecommons/kernel'
import { withDatabaseBefore } from '../support/earlier-database.ts'

test('charts of an older database have the postal code that their address ends with', () =>
  withDatabaseBefore('0037-strata', async (owner, upgrade) => {
    const [region, practice, person] = [newId(), newId(), newId()]
    await owner.query(`insert into region (id, name, time_zone, is_demo, created_at) values ($1, 'r', 'UTC', false, now())`, [region])
    await owner.query(
      `insert into organization (id, region_id, kind, name, slug, created_at) values ($1, $2, 'practice', 'p', 'p', now())`,
      [practice, region],
    )
    await owner.query('insert into person (id, created_at) values ($1, now())', [person])
    const addresses = [null, '1 Elm St, Amherst, MA 01002', '1 Elm St, Amherst, MA 01002-1234', 'Amherst, MA', '010021', 'Room 12']
    for (const [index, address] of addresses.entries())
      await owner.query(
        `insert into patient (id, practice_id, person_id, fhir_id, family_name, given_name, deceased, address) values ($1, $2, $3, $4, 'f', 'g', false, $5)`,
        [newId(), practice, person, `p${index}`, address],
      )

    await upgrade()

    const { rows } = await owner.query<{ postal_code: string | null }>('select postal_code from patient order by fhir_id')
    expect(rows.map(({ postal_code }) => postal_code)).toEqual([null, '01002', '01002-1234', null, null, null])
  }))
