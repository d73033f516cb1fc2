import type { ChartPen, OpenVisit } from './chart-pen.ts'
import { concept } from './codes.ts'
import { AMOXICILLIN, ASPIRIN, IBUPROFEN, type Medicine, NAPROXEN, type Prescribing } from './medicines.ts'

const ACTIVE = concept([['http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', 'active', 'Active']])
const CONFIRMED = concept([['http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'confirmed', 'Confirmed']])
const NONE = concept([['snomed', '716186003', 'No known allergy']])
/** What people are allergic to, and what is not prescribed to them. */
const ALLERGENS: readonly (readonly [substance: string, avoided: readonly Medicine[]])[] = [
  [concept([['rxnorm', '723', 'amoxicillin']]), [AMOXICILLIN]],
  [concept([['rxnorm', '7980', 'penicillin G']]), [AMOXICILLIN]],
  [concept([['rxnorm', '10180', 'sulfamethoxazole']]), []],
  [concept([['rxnorm', '2670', 'codeine']]), []],
  [concept([['rxnorm', '1191', 'aspirin']]), [ASPIRIN, IBUPROFEN, NAPROXEN]],
]

/** Asked at the first visit: most have none, and that is written down too. */
export function writeAllergy(pen: ChartPen, visit: OpenVisit, prescribing: Prescribing): void {
  const [substance, avoided] = pen.random.chance(0.24) ? pen.random.pick(ALLERGENS) : [null, []]
  prescribing.avoid(avoided)
  const severity = pen.random.chance(0.2) ? 'high' : 'low'
  const what = substance ? `"type":"allergy","category":["medication"],"criticality":"${severity}","code":${substance}` : `"code":${NONE}`
  pen.add(
    'AllergyIntolerance',
    `"clinicalStatus":${ACTIVE},"verificationStatus":${CONFIRMED},${what},${pen.patient},"recordedDate":"${visit.instant}"`,
  )
}
