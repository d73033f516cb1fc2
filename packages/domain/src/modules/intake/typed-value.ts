import { type Day, type Refusal, refused } from '@carecommons/kernel'
import { unitWords } from '#shared/unit-words'

export type ValueKind = 'a1c' | 'blood-pressure' | 'phq9'

export interface TypedValue {
  readonly kind: ValueKind
  /** HbA1c in percent, systolic pressure in mmHg, sum of the PHQ-9. */
  readonly value: number
  /** Diastolic pressure in mmHg. */
  readonly second?: number | null
  /** The day it was measured on. */
  readonly on: Day
}

interface Kind {
  readonly name: string
  /** LOINC. */
  readonly code: string
  readonly category: 'laboratory' | 'vital-signs' | 'survey'
  /** What a human being can have: outside of it a digit is wrong. */
  readonly least: number
  readonly most: number
  readonly decimals: number
  /** UCUM. */
  readonly unit: string
}

const KINDS: Readonly<Record<ValueKind, Kind>> = {
  a1c: { name: 'Hemoglobin A1c', code: '4548-4', category: 'laboratory', least: 3, most: 25, decimals: 1, unit: '%' },
  'blood-pressure': {
    ...{ name: 'Systolic blood pressure', code: '8480-6', category: 'vital-signs' },
    ...{ least: 50, most: 300, decimals: 0, unit: 'mm[Hg]' },
  },
  phq9: { name: 'PHQ-9 total score', code: '44261-6', category: 'survey', least: 0, most: 27, decimals: 0, unit: '{score}' },
}
const DIASTOLIC: Kind = { ...KINDS['blood-pressure'], name: 'Diastolic blood pressure', code: '8462-4', least: 20, most: 200 }

/** Why a value cannot be taken as it was typed; null: it can. */
export function valueProblem({ kind, value, second, on }: TypedValue, today: Day): Refusal | null {
  if (on > today) return refused('DayAhead', 'The day lies ahead. A value is recorded once it was measured.')
  if (on < '1900-01-01') return refused('DayImpossible', 'The day lies before anybody who is alive.')
  const problem = rangeProblem(KINDS[kind], value)
  if (kind !== 'blood-pressure') {
    if (second != null) return refused('ValueImpossible', `${KINDS[kind].name} is one number.`)
    return problem
  }
  if (second == null) return refused('ValueMissing', 'A blood pressure has two numbers, the systolic and the diastolic.')
  if (problem ?? rangeProblem(DIASTOLIC, second)) return problem ?? rangeProblem(DIASTOLIC, second)
  return second < value
    ? null
    : refused('ValueImpossible', 'The diastolic pressure is lower than the systolic. Are the numbers the other way round?')
}

function rangeProblem({ name, least, most, decimals, unit }: Kind, value: number): Refusal | null {
  if (!(value >= least && value <= most))
    return refused('ValueImpossible', `${name} is between ${least} and ${most} ${unitWords(unit)}. Is a digit wrong, or the unit another?`)
  if (Math.abs(value * 10 ** decimals - Math.round(value * 10 ** decimals)) > 1e-9)
    return refused('ValueImpossible', `${name} is given with ${decimals === 0 ? 'no decimals' : 'one decimal'}.`)
  return null
}

const LOINC = 'http://loinc.org'

/** As a record system would send it, and who typed it in. */
export function observationOf(
  { kind, value, second, on }: TypedValue,
  { id, patient, typedBy }: { readonly id: string; readonly patient: string; readonly typedBy: string },
): object {
  const { category } = KINDS[kind]
  return {
    resourceType: 'Observation',
    id,
    meta: { source: 'urn:carecommons:form' },
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: category }] }],
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: on,
    performer: [{ display: typedBy }],
    note: [{ text: `Typed in by ${typedBy}.` }],
    ...(kind === 'blood-pressure'
      ? {
          code: concept('85354-9', 'Blood pressure panel'),
          component: [part(KINDS[kind], value), part(DIASTOLIC, second!)],
        }
      : part(KINDS[kind], value)),
  }
}

const concept = (code: string, text: string) => ({ coding: [{ system: LOINC, code }], text })
const part = ({ code, name, unit }: Kind, value: number) => ({
  code: concept(code, name),
  valueQuantity: { value, unit: unitWords(unit), system: 'http://unitsofmeasure.org', code: unit },
})
