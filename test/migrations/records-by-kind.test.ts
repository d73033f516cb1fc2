import { newId } from '@carecommons/kernel'
import { withDatabaseBefore } from '../support/earlier-database.ts'

test('charts of an older database have their newest laboratory value and prescription, and nothing of labelled records', () =>
  withDatabaseBefore('0058-records-by-kind', async (owner, upgrade) => {
    const [region, practice, person, chart, other] = [newId(), newId(), newId(), newId(), newId()]
    await owner.query(`insert into region (id, name, time_zone, is_demo, created_at) values ($1, 'r', 'UTC', false, now())`, [region])
    await owner.query(
      `insert into organization (id, region_id, kind, name, slug, created_at) values ($1, $2, 'practice', 'p', 'p', now())`,
      [practice, region],
    )
    await owner.query('insert into person (id, created_at) values ($1, now())', [person])
    for (const id of [chart, other]) {
      await owner.query(
        `insert into patient (id, practice_id, person_id, fhir_id, family_name, given_name, deceased) values ($1, $2, $3, $4, 'f', 'g', false)`,
        [id, practice, person, `chart-${id}`],
      )
      await owner.query(
        `insert into patient_summary (practice_id, patient_id, sort_name, deceased, condition_count, resource_count) values ($1, $2, 'f g', false, 0, 0)`,
        [practice, id],
      )
    }
    const facts = [
      ['Observation', 'laboratory', 'final', '2024-05-06', null],
      ['Observation', 'laboratory', 'final', '2024-05-05', null],
      ['Observation', 'laboratory', 'entered-in-error', '2024-07-01', null],
      ['Observation', 'laboratory', 'final', '2024-08-01', 'part2'],
      ['Observation', 'vital-signs', 'final', '2024-09-01', null],
      ['MedicationRequest', null, 'active', '2024-03-04', null],
    ]
    for (const [index, [type, category, status, day, sensitivity]] of facts.entries())
      await owner.query(
        `insert into clinical_fact (practice_id, patient_id, type, fhir_id, part, category, status, starts_at, starts_on, sensitivity)
         values ($1, $2, $3, $4, 0, $5, $6, $7::date, $7::date, $8)`,
        [practice, chart, type, `f${index}`, category, status, day, sensitivity],
      )

    await upgrade()

    const { rows } = await owner.query(`select patient_id, lab_on::text, prescribed_on::text from patient_summary order by lab_on`)
    expect(rows).toEqual([
      { patient_id: chart, lab_on: '2024-05-06', prescribed_on: '2024-03-04' },
      { patient_id: other, lab_on: null, prescribed_on: null },
    ])
  }))
