import type { Tx } from '@carecommons/domain'
import { type Id, newId, newUndatedId } from '@carecommons/kernel'
import { canaries, chartCounts, NOW, type PayerKey, type PracticeKey } from './world-facts.ts'

type Db = Tx['db']

/**
 * Chart number `n` (from 0) of a practice: family name canary plus a two-digit number, HbA1c 5.0 + n/4 for the first 20, blood pressure
 * for even numbers, PHQ-9 for every third, last visit n months ago for all but the last, tier of risk n mod 4, opportunity n mod 7. The last
 * chart is of a person who died.
 */
export async function plantCharts(
  db: Db,
  practices: Readonly<Record<PracticeKey, Id<'Organization'>>>,
  payers: Readonly<Record<PayerKey, Id<'Organization'>>>,
): Promise<Record<PracticeKey, Id<'Patient'>[]>> {
  await db.insertInto('code').values(CODES).execute()
  const charts: Record<PracticeKey, Id<'Patient'>[]> = { alder: [], birch: [], cedar: [] }
  for (const key of Object.keys(charts) as PracticeKey[]) {
    for (let n = 0; n < chartCounts[key]; n++) charts[key].push(await plantChart(db, key, practices[key], n, payers))
    await db
      .insertInto('registry_count')
      .values({ practice_id: practices[key], living: chartCounts[key] - 1 })
      .execute()
  }
  return charts
}

/** The numbers of the codes that the facts carry. */
const CODES = [
  { id: 1, system: 'http://loinc.org', code: '4548-4', followed: true },
  { id: 2, system: 'http://loinc.org', code: '85354-9' },
  { id: 3, system: 'http://loinc.org', code: '8480-6', followed: true },
  { id: 4, system: 'http://loinc.org', code: '8462-4', followed: true },
  { id: 5, system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9' },
  { id: 6, system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '860975' },
  { id: 7, system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  { id: 8, system: 'http://loinc.org', code: '29463-7', followed: true },
]

async function plantChart(
  db: Db,
  key: PracticeKey,
  practiceId: Id<'Organization'>,
  n: number,
  payers: Readonly<Record<PayerKey, Id<'Organization'>>>,
): Promise<Id<'Patient'>> {
  const [id, personId] = [newId<'Patient'>(), newUndatedId<'Person'>()]
  const own = { practice_id: practiceId, patient_id: id }
  const number = String(n).padStart(2, '0')
  const [family, given] = [`${canaries[key]}${number}`, n % 2 === 0 ? 'Anna' : 'Ben']
  const deceased = n === chartCounts[key] - 1
  const birthDate = `${1940 + n}-05-0${1 + (n % 9)}`
  const rank = deceased ? 0 : 100 * (n % 4) + (n % 7)
  const seen = deceased ? null : monthsAgo(n)
  await db.insertInto('person').values({ id: personId, created_at: '2026-01-01T00:00:00Z' }).execute()
  await db
    .insertInto('patient')
    .values({
      id,
      practice_id: practiceId,
      person_id: personId,
      // The same record number and source id exist in every practice.
      fhir_id: `patient-${number}`,
      family_name: family,
      given_name: given,
      birth_date: birthDate,
      gender: n % 2 === 0 ? 'female' : 'male',
      deceased,
      deceased_on: deceased ? '2025-06-30' : null,
      record_number: `MRN-${number}`,
      phone: '555-0100',
      address: `${n} ${canaries[key]} Street`,
      clinician: 'Dr. Gray',
    })
    .execute()
  await db
    .insertInto('patient_summary')
    .values({
      ...own,
      sort_name: `${family} ${given}`.toLowerCase(),
      birth_date: birthDate,
      deceased,
      condition_count: n % 2 === 0 ? 2 : 0,
      a1c: n < 20 ? String(5 + n / 4) : null,
      a1c_on: n < 20 ? '2026-01-15' : null,
      systolic: n % 2 === 0 ? String(120 + 2 * n) : null,
      diastolic: n % 2 === 0 ? '80' : null,
      blood_pressure_on: n % 2 === 0 ? '2026-01-15' : null,
      phq9: n % 3 === 0 ? String(n) : null,
      phq9_on: n % 3 === 0 ? '2026-01-15' : null,
      last_visit_on: seen,
      care_manager: n === 0 ? 'Morgan Reed' : null,
      last_contact_on: null,
      open_gaps: n % 3,
      data_through: '2026-02-20',
      resource_count: 10,
      risk_rank: rank,
    })
    .execute()
  await plantRisk(db, own, { n, deceased, word: family })
  const terms = [family.toLowerCase(), given.toLowerCase(), `mrn-${number}`, birthDate]
  await db
    .insertInto('patient_search')
    .values(terms.map((term) => ({ practice_id: practiceId, patient_id: id, term })))
    .execute()
  if (n % 2 === 0) {
    const conditions = ['diabetes', 'hypertension']
    await db
      .insertInto('patient_condition')
      .values(conditions.map((condition) => ({ ...own, condition, deceased, risk_rank: rank })))
      .execute()
  }
  await db
    .insertInto('coverage')
    .values([
      { ...own, starts_on: '2019-01-01', ends_on: '2019-12-31', payer_id: null },
      { ...own, starts_on: '2020-01-01', ends_on: null, payer_id: n % 2 === 0 ? payers.pine : payers.quill },
    ])
    .execute()
  if (n === 0) await plantFacts(db, key, own)
  return id
}

async function plantRisk(
  db: Db,
  own: { practice_id: Id<'Organization'>; patient_id: Id<'Patient'> },
  { n, deceased, word }: { readonly n: number; readonly deceased: boolean; readonly word: string },
): Promise<void> {
  const workedOut = { worked_out_on: NOW.slice(0, 10), watermark: 7n }
  const [tier, opportunity] = deceased ? [0, 0] : [n % 4, n % 7]
  await db
    .insertInto('patient_risk')
    .values({
      ...own,
      ...workedOut,
      tier,
      opportunity,
      segment: deceased ? null : 'stable',
      reasons: deceased ? [] : [`Reason of ${word}`],
    })
    .execute()
  if (deceased) return
  const inputs = JSON.stringify([{ text: `Reason of ${word}`, points: tier, facts: ['Condition/condition-1'] }])
  await db
    .insertInto('risk_score')
    .values({ ...own, ...workedOut, model: 'tier', version: 'planted', score: tier, band: null, inputs: inputs as never })
    .execute()
}

/** The first chart of a practice has something of everything a patient page shows. */
async function plantFacts(db: Db, key: PracticeKey, own: { practice_id: Id<'Organization'>; patient_id: Id<'Patient'> }): Promise<void> {
  const fact = (type: string, fhirId: string, part: number, more: object) => ({
    ...own,
    type,
    fhir_id: fhirId,
    part,
    status: 'final',
    ...more,
  })
  const on = (day: string) => ({ starts_at: `${day}T14:00:00Z`, starts_on: day })
  await db
    .insertInto('clinical_fact')
    .values([
      fact('Condition', 'condition-1', 0, { code_id: 5, status: 'active', verification: 'confirmed', ...on('2018-04-01') }),
      fact('Condition', 'condition-2', 0, {
        value_text: `Sprain of ${canaries[key]}`,
        status: 'resolved',
        ends_at: '2019-02-01T00:00:00-05:00',
        ...on('2019-01-01'),
      }),
      fact('Condition', 'condition-3', 0, { code_id: 5, status: 'active', verification: 'entered-in-error', ...on('2020-01-01') }),
      fact('MedicationRequest', 'medication-1', 0, { code_id: 6, status: 'active', ...on('2024-01-01') }),
      fact('AllergyIntolerance', 'allergy-1', 0, { value_text: 'Peanut', status: 'active', ...on('2001-01-01') }),
      fact('Immunization', 'immunization-1', 0, { value_text: 'Influenza', status: 'completed', ...on('2025-10-01') }),
      fact('Encounter', 'encounter-1', 0, {
        value_text: 'Check-up',
        status: 'finished',
        value_code_id: 7,
        ends_at: '2025-10-01T15:00:00Z',
        ...on('2025-10-01'),
      }),
      fact('Encounter', 'encounter-2', 0, { value_text: 'Follow-up', status: 'finished', value_code_id: 7, ...on('2026-01-15') }),
      fact('Observation', 'a1c-1', 0, { code_id: 1, value: '7.5', unit: '%', ...on('2025-01-15') }),
      fact('Observation', 'a1c-2', 0, { code_id: 1, value: '5', unit: '%', ...on('2026-01-15') }),
      fact('Observation', 'a1c-3', 0, { code_id: 1, value: '99', unit: '%', ...on('2026-01-16'), status: 'cancelled' }),
      fact('Observation', 'pressure-1', 0, { code_id: 2, ...on('2026-01-15') }),
      fact('Observation', 'pressure-1', 1, { code_id: 3, value: '120', unit: 'mm[Hg]', ...on('2026-01-15') }),
      fact('Observation', 'pressure-1', 2, { code_id: 4, value: '80', unit: 'mm[Hg]', ...on('2026-01-15') }),
      fact('Observation', 'weight-1', 0, { code_id: 8, value: '80', unit: 'kg', ...on('2025-01-15') }),
      fact('Observation', 'weight-2', 0, { code_id: 8, value: '172', unit: '[lb_av]', ...on('2026-01-15') }),
    ])
    .execute()
  const version = (type: string, fhirId: string, content: object) => ({
    ...own,
    type,
    fhir_id: fhirId,
    watermark: 1n,
    hash: Buffer.alloc(16),
    codes: [],
    content: JSON.stringify(content),
    import_file_id: newId(),
    line: 1,
  })
  await db
    .insertInto('resource_version')
    .values([
      version('AllergyIntolerance', 'allergy-1', { resourceType: 'AllergyIntolerance', criticality: 'high', recordedDate: '2002-02-02' }),
      // Every practice has other words for the same codes.
      version('Condition', 'condition-1', {
        resourceType: 'Condition',
        code: {
          coding: [
            { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'E11.9', display: 'Type 2 diabetes mellitus without complications' },
          ],
          text: `Diabetes as ${canaries[key]} says it`,
        },
      }),
      version('MedicationRequest', 'medication-1', {
        resourceType: 'MedicationRequest',
        medicationCodeableConcept: {
          coding: [
            { system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '860975', display: `Metformin 500 MG by ${canaries[key]}` },
          ],
        },
      }),
      ...['encounter-1', 'encounter-2'].map((id) => version('Encounter', id, { resourceType: 'Encounter', class: { code: 'AMB' } })),
      version('CareTeam', 'team-1', {
        resourceType: 'CareTeam',
        status: 'active',
        participant: [
          { role: [{ text: 'Care manager' }], member: { display: `Morgan ${canaries[key]}` } },
          {
            role: [{ coding: [{ system: 'http://snomed.info/sct', code: '116154003', display: 'Patient' }] }],
            member: { display: 'Self' },
          },
        ],
      }),
    ])
    .execute()
}

const monthsAgo = (months: number): string => new Date(Date.UTC(2026, 1 - months, 20)).toISOString().slice(0, 10)
