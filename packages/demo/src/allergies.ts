import type { ChartPen, OpenVisit } from './chart-pen.ts'
import { concept } from './codes.ts'

const ACTIVE = concept([['http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active', 'Active']])
const CONFIRMED = concept([['http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'confirmed', 'Confirmed']])
const NONE = concept([['snomed', '716186003', 'No known allergy']])
const MEDICINES = [
  concept([['rxnorm', '723', 'amoxicillin']]),
  concept([['rxnorm', '7980', 'penicillin G']]),
  concept([['rxnorm', '10180', 'sulfamethoxazole']]),
  concept([['rxnorm', '2670', 'codeine']]),
  concept([['rxnorm', '1191', 'aspirin']]),
]

/** Asked at the first visit: most have none, and that is written down too. */
export function writeAllergy(pen: ChartPen, visit: OpenVisit): void {
  const has = pen.random.chance(0.24)
  const what = has
    ? `"type":"allergy","category":["medication"],"criticality":"${pen.random.chance(0.2) ? 'high' : 'low'}","code":${pen.random.pick(MEDICINES)}`
    : `"code":${NONE}`
  pen.add(
    'AllergyIntolerance',
    `"clinicalStatus":${ACTIVE},"verificationStatus":${CONFIRMED},${what},${pen.patient},"recordedDate":"${visit.instant}"`,
  )
}
