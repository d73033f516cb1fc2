import { conditionGroups, valueSetCodes } from '@carecommons/cql'
import type { Bulk } from '#shared/bulk'

const LOINC = 'http://loinc.org'

/** LOINC codes of the values that a registry shows. HbA1c in mmol/mol (59261-8) is another scale and not among them. */
const VALUE_CODES = {
  a1c: ['4548-4', '4549-2', '17855-8', '17856-6', '96595-4'],
  systolic: ['8480-6'],
  diastolic: ['8462-4'],
  phq9: ['44261-6'],
} as const

/** HCPCS level II codes of a contact by a care manager. */
const CONTACT_VALUE_SET = 'care-management-contact'

/** Ids of the codes that a summary is made of, as far as the region has met them. */
export interface SummaryCodes {
  readonly a1c: number[]
  readonly systolic: number[]
  readonly diastolic: number[]
  readonly phq9: number[]
  readonly contact: number[]
  readonly visitClass: number[]
  readonly conditions: { readonly keys: string[]; readonly ids: number[] }
}

export async function readSummaryCodes(bulk: Bulk): Promise<SummaryCodes> {
  const rows = await bulk.query<{ id: number; system: string; code: string }>('select id, system, code from code')
  const ids = new Map(rows.map(({ id, system, code }) => [`${system}|${code}`, id]))
  const known = (codes: readonly { system: string; code: string }[]): number[] =>
    codes.flatMap(({ system, code }) => ids.get(`${system}|${code}`) ?? [])
  const loinc = (codes: readonly string[]): number[] => known(codes.map((code) => ({ system: LOINC, code })))
  const conditions = conditionGroups.flatMap(({ key, valueSetUrl }) => known(valueSetCodes(valueSetUrl)).map((id) => ({ key, id })))
  return {
    a1c: loinc(VALUE_CODES.a1c),
    systolic: loinc(VALUE_CODES.systolic),
    diastolic: loinc(VALUE_CODES.diastolic),
    phq9: loinc(VALUE_CODES.phq9),
    contact: known(valueSetCodes(`https://carecommons.example/fhir/ValueSet/${CONTACT_VALUE_SET}`)),
    visitClass: known(['AMB', 'VR', 'HH'].map((code) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }))),
    conditions: { keys: conditions.map(({ key }) => key), ids: conditions.map(({ id }) => id) },
  }
}
