import type { ChartPen, OpenVisit } from './chart-pen.ts'
import { concept, SYSTEM } from './codes.ts'
import type { Smoking } from './person.ts'

const category = (code: string, display: string): string =>
  concept([['http://terminology.hl7.org/CodeSystem/observation-category', code, display]])
const VITAL = category('vital-signs', 'Vital Signs')
const LAB = category('laboratory', 'Laboratory')
const IMAGING = category('imaging', 'Imaging')
const SURVEY = category('survey', 'Survey')
const SOCIAL = category('social-history', 'Social History')

interface Measurement {
  readonly category: string
  readonly code: string
  /** Everything of the quantity but its value. */
  readonly unit: string
  readonly decimals: number
}

const measurement = (
  category: string,
  code: string,
  display: string,
  text: string,
  unit: string,
  ucum: string,
  decimals: number,
): Measurement => ({
  category,
  code: concept([['loinc', code, display]], text),
  unit: `"unit":"${unit}","system":"${SYSTEM.ucum}","code":"${ucum}"`,
  decimals,
})

export const MEASUREMENT = {
  weight: measurement(VITAL, '29463-7', 'Body weight', 'Weight', 'kg', 'kg', 1),
  height: measurement(VITAL, '8302-2', 'Body height', 'Height', 'cm', 'cm', 1),
  bmi: measurement(VITAL, '39156-5', 'Body mass index (BMI) [Ratio]', 'BMI', 'kg/m2', 'kg/m2', 1),
  a1c: measurement(LAB, '4548-4', 'Hemoglobin A1c/Hemoglobin.total in Blood', 'HbA1c', '%', '%', 1),
  ldl: measurement(
    LAB,
    '18262-6',
    'Cholesterol in LDL [Mass/volume] in Serum or Plasma by Direct assay',
    'LDL cholesterol',
    'mg/dL',
    'mg/dL',
    0,
  ),
  egfr2021: measurement(
    LAB,
    '98979-8',
    'Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (CKD-EPI 2021)',
    'eGFR',
    'mL/min/{1.73_m2}',
    'mL/min/{1.73_m2}',
    0,
  ),
  egfr: measurement(
    LAB,
    '33914-3',
    'Glomerular filtration rate/1.73 sq M.predicted [Volume Rate/Area] in Serum, Plasma or Blood by Creatinine-based formula (MDRD)',
    'eGFR',
    'mL/min/{1.73_m2}',
    'mL/min/{1.73_m2}',
    0,
  ),
  acr: measurement(LAB, '14959-1', 'Microalbumin/Creatinine [Mass Ratio] in Urine', 'Urine albumin/creatinine', 'mg/g', 'mg/g', 0),
  tsh: measurement(LAB, '3016-3', 'Thyrotropin [Units/volume] in Serum or Plasma', 'TSH', 'm[IU]/L', 'm[IU]/L', 2),
  phq2: measurement(
    SURVEY,
    '55758-7',
    'Patient Health Questionnaire 2 item (PHQ-2) total score [Reported]',
    'PHQ-2 total score',
    '{score}',
    '{score}',
    0,
  ),
  phq9: measurement(
    SURVEY,
    '44261-6',
    'Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]',
    'PHQ-9 total score',
    '{score}',
    '{score}',
    0,
  ),
} as const

export function writeMeasurement(pen: ChartPen, visit: OpenVisit, what: Measurement, value: number): void {
  // A number and back: FHIR decimals keep what is written, and 7.0 would promise a precision nobody measured.
  const text = what.decimals === 0 ? Math.round(value) : Number(value.toFixed(what.decimals))
  pen.add(
    'Observation',
    `"status":"final","category":[${what.category}],"code":${what.code},${pen.subject},"encounter":{"reference":"${visit.encounter}"},` +
      `"effectiveDateTime":"${visit.instant}","valueQuantity":{"value":${text},${what.unit}}`,
  )
}

const MAMMOGRAM = concept([['loinc', '24606-6', 'MG Breast Screening']], 'Screening mammogram')

/** The report that the practice gets of a mammogram made elsewhere. */
export function writeMammogram(pen: ChartPen, instant: string): void {
  pen.add(
    'Observation',
    `"status":"final","category":[${IMAGING}],"code":${MAMMOGRAM},${pen.subject},"effectiveDateTime":"${instant}","valueCodeableConcept":{"text":"No sign of cancer"}`,
  )
}

const PRESSURE = concept([['loinc', '85354-9', 'Blood pressure panel with all children optional']], 'Blood pressure')
const SYSTOLIC = concept([['loinc', '8480-6', 'Systolic blood pressure']])
const DIASTOLIC = concept([['loinc', '8462-4', 'Diastolic blood pressure']])
const MMHG = `"unit":"mm[Hg]","system":"${SYSTEM.ucum}","code":"mm[Hg]"`

export function writePressure(pen: ChartPen, visit: OpenVisit, systolic: number, diastolic: number): void {
  pen.add(
    'Observation',
    `"status":"final","category":[${VITAL}],"code":${PRESSURE},${pen.subject},"encounter":{"reference":"${visit.encounter}"},` +
      `"effectiveDateTime":"${visit.instant}","component":[{"code":${SYSTOLIC},"valueQuantity":{"value":${Math.round(systolic)},${MMHG}}},` +
      `{"code":${DIASTOLIC},"valueQuantity":{"value":${Math.round(diastolic)},${MMHG}}}]`,
  )
}

const SMOKING = concept([['loinc', '72166-2', 'Tobacco smoking status']])
const SMOKING_ANSWER: Readonly<Record<Smoking, string>> = {
  never: concept([['snomed', '266919005', 'Never smoked tobacco']]),
  former: concept([['snomed', '8517006', 'Ex-smoker']]),
  daily: concept([['snomed', '449868002', 'Smokes tobacco daily']]),
}

export function writeSmoking(pen: ChartPen, visit: OpenVisit, smoking: Smoking): void {
  pen.add(
    'Observation',
    `"status":"final","category":[${SOCIAL}],"code":${SMOKING},${pen.subject},"encounter":{"reference":"${visit.encounter}"},` +
      `"effectiveDateTime":"${visit.instant}","valueCodeableConcept":${SMOKING_ANSWER[smoking]}`,
  )
}

/** An answer in words. */
export function writeAnswer(pen: ChartPen, visit: OpenVisit, question: string, answer: string): void {
  pen.add(
    'Observation',
    `"status":"final","category":[${SURVEY}],"code":${question},${pen.subject},"encounter":{"reference":"${visit.encounter}"},` +
      `"effectiveDateTime":"${visit.instant}","valueCodeableConcept":{"text":"${answer}"}`,
  )
}

const STOOL_TEST = concept([['loinc', '29771-3', 'Hemoglobin.gastrointestinal.lower [Presence] in Stool by Immunoassay']], 'FIT')
const NEGATIVE = concept([['snomed', '260385009', 'Negative']])
const POSITIVE = concept([['snomed', '10828004', 'Positive']])

export function writeStoolTest(pen: ChartPen, visit: OpenVisit, isPositive: boolean): void {
  pen.add(
    'Observation',
    `"status":"final","category":[${LAB}],"code":${STOOL_TEST},${pen.subject},"encounter":{"reference":"${visit.encounter}"},` +
      `"effectiveDateTime":"${visit.instant}","valueCodeableConcept":${isPositive ? POSITIVE : NEGATIVE}`,
  )
}
