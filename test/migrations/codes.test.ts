import { withDatabaseBefore } from '../support/earlier-database.ts'

test('codes of an older database lose the words of the chart that brought them; those that the product follows are there, and read', () =>
  withDatabaseBefore('0017-codes-without-words', async (owner, upgrade) => {
    await owner.query(`
      insert into code values (1, 'http://loinc.org', '4548-4', 'A1c of Jane Doe'), (7, 'http://hl7.org/fhir/sid/icd-10-cm', 'E75.02', 'As Jane has it')`)

    await upgrade()

    const { rows } = await owner.query<{ id: number; code: string; followed: boolean }>('select * from code order by id')
    expect(rows[0]).toEqual({ id: 1, system: 'http://loinc.org', code: '4548-4', followed: true })
    expect(rows[1]).toEqual({ id: 7, system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E75.02', followed: false })
    expect(rows).toHaveLength(22)
    expect(rows.slice(2).every(({ id, followed }) => id > 7 && followed)).toBe(true)
    await owner.query('begin; set local role commons_practice')
    expect((await owner.query('select * from code')).rowCount).toBe(21)
    await owner.query('rollback')
  }))
