import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'
import { groupsOf } from './read-diagnoses.ts'
import type { RiskChart } from './risk-chart.ts'

const LOINC = 'http://loinc.org'
const ACT_CODE = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'

/** HbA1c in mmol/mol (59261-8) is another scale and not among them. */
const VALUE_CODES: Readonly<Record<keyof RiskChart['values'], readonly string[]>> = {
  a1c: ['4548-4', '4549-2', '17855-8', '17856-6', '96595-4'],
  systolic: ['8480-6'],
  phq9: ['44261-6'],
  hemoglobin: ['718-7'],
  sodium: ['2951-2', '2947-0'],
}
const STAY_CLASSES = ['IMP', 'ACUTE', 'NONAC']
const EMERGENCY_CLASSES = ['EMER']

/** Ids of the codes that the models read, as far as the region has met them. */
export interface RiskCodes {
  readonly groups: ReadonlyMap<number, readonly string[]>
  readonly values: ReadonlyMap<number, keyof RiskChart['values']>
  readonly stays: readonly number[]
  readonly emergencies: readonly number[]
}

export async function readRiskCodes(db: Tx['db']): Promise<RiskCodes> {
  const { rows } = await sql<{ id: number; system: string; code: string }>`select id, system, code from code`.execute(db)
  const names = Object.keys(VALUE_CODES) as (keyof RiskChart['values'])[]
  const classes = (codes: readonly string[]) =>
    rows.filter(({ system, code }) => system === ACT_CODE && codes.includes(code)).map(({ id }) => id)
  return {
    groups: new Map(rows.flatMap(({ id, ...code }) => [groupsOf(code)].flatMap((groups) => (groups ? [[id, groups] as const] : [])))),
    values: new Map(
      rows.flatMap(({ id, system, code }) =>
        names.filter((name) => system === LOINC && VALUE_CODES[name].includes(code)).map((name) => [id, name] as const),
      ),
    ),
    stays: classes(STAY_CLASSES),
    emergencies: classes(EMERGENCY_CLASSES),
  }
}
