import type { TestApi } from './api.ts'
import type { PracticeKey } from './world.ts'

/** Words that only labelled records carry: whoever has no consent must never meet them. */
export const secrets = { part2: 'Secretsubstance', behavioral: 'Secretbehavior' } as const

/**
 * Puts labelled records of both categories on chart number `n` of a practice: a problem, a medicine, a visit, a care team, a PHQ-9 of 27, a
 * registry condition and a gap that they decided.
 */
export async function plantLabelled(api: Pick<TestApi, 'sql' | 'world'>, practice: PracticeKey, n: number): Promise<string> {
  const [practiceId, id] = [api.world.practices[practice], api.world.charts[practice][n]!]
  for (const [category, word] of Object.entries(secrets)) {
    const fact = (type: string, more: string) =>
      api.sql(
        `insert into clinical_fact (practice_id, patient_id, type, fhir_id, part, status, starts_at, starts_on, value_text, sensitivity, code_id, value, unit)
         values ($1, $2, $3, $4, 0, ${more}, '2026-01-20T14:00:00Z', '2026-01-20', $5, $6, $7, $8, null)`,
        [
          practiceId,
          id,
          type,
          `${type}-${category}`,
          word,
          category,
          type === 'Observation' ? 9 : null,
          type === 'Observation' ? 27 : null,
        ],
      )
    await api.sql(`insert into code (id, system, code, followed) values (9, 'http://loinc.org', '44261-6', true) on conflict do nothing`)
    await fact('Condition', `'active'`)
    await fact('MedicationRequest', `'active'`)
    await fact('Encounter', `'finished'`)
    await fact('Immunization', `'completed'`)
    await fact('AllergyIntolerance', `'active'`)
    if (category === 'behavioral') await fact('Observation', `'final'`)
    await api.sql(
      `insert into resource_version (practice_id, patient_id, type, fhir_id, watermark, hash, codes, content, import_file_id, line, sensitivity)
       values ($1, $2, 'CareTeam', $3, 1, '\\x00', '{}', $4, uuidv7(), 1, $5)`,
      [
        practiceId,
        id,
        `team-${category}`,
        JSON.stringify({
          resourceType: 'CareTeam',
          status: 'active',
          participant: [{ role: [{ text: 'Counselor' }], member: { display: word } }],
        }),
        category,
      ],
    )
  }
  await api.sql(
    `insert into patient_condition (practice_id, condition, patient_id, sensitivity, deceased, risk_rank)
     select practice_id, 'depression', patient_id, 'behavioral', deceased, risk_rank from patient_summary where practice_id = $1 and patient_id = $2`,
    [practiceId, id],
  )
  // The gap in one measure was decided by a labelled record.
  await api.sql(
    `update measure_membership set sensitivity = 'behavioral', evidence = array['Observation/secret'] where patient_id = $1 and measure_id = 'control'`,
    [id],
  )
  await api.sql(
    `insert into registry_membership (practice_id, id, registry, patient_id, entered_on, entered_by, entered_reasons, entered_hash, entered_watermark, sensitivity, risk_rank)
     select practice_id, uuidv7(), 'depression', patient_id, '2026-02-10', 'records', '[{"clause": "Depression among the problems", "facts": ["Condition/secret"]}]', $3, 7, 'behavioral', risk_rank
       from patient_summary where practice_id = $1 and patient_id = $2`,
    [practiceId, id, 'b'.repeat(64)],
  )
  await api.sql(
    `insert into coming_gap (practice_id, patient_id, measure_id, due_on, sensitivity) values ($1, $2, 'control', '2026-03-20', 'behavioral')
     on conflict (practice_id, patient_id, measure_id) do update set sensitivity = excluded.sensitivity`,
    [practiceId, id],
  )
  return id
}
