import type { ChartPen, OpenVisit } from './chart-pen.ts'
import { concept, hl7 } from './codes.ts'

const ACTIVE = hl7('allergyintolerance-clinical', 'active', 'Active')
const CONFIRMED = hl7('allergyintolerance-verification', 'confirmed', 'Confirmed')
const ATORVASTATIN = concept([['rxnorm', '83367', 'atorvastatin']])

/** Somebody tried a statin and could not stay with it. */
export function writeStatinIntolerance(pen: ChartPen, visit: OpenVisit): void {
  pen.add(
    'AllergyIntolerance',
    `"clinicalStatus":${ACTIVE},"verificationStatus":${CONFIRMED},"type":"intolerance","category":["medication"],"criticality":"low",` +
      `"code":${ATORVASTATIN},${pen.patient},"recordedDate":"${visit.instant}"`,
  )
}
