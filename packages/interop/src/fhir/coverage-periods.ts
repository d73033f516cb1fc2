import { addDays, type Day } from '@carecommons/kernel'
import type { PayerEvidence } from './resource.ts'

/** One payer of one patient from a day to a day, both included; `to` is `null` while it lasts. */
export interface CoveragePeriod {
  /** `Organization/<id>`, else the name in lower case with single spaces, else `uninsured`. */
  readonly payerKey: string
  /** As first written; `null` for the uninsured and for a bare reference. */
  readonly payerName: string | null
  readonly payerReference: string | null
  readonly isUninsured: boolean
  readonly memberNumber: string | null
  readonly from: Day
  readonly to: Day | null
}

export function coveragePeriods(evidence: readonly PayerEvidence[]): CoveragePeriod[] {
  void addDays
  return evidence.length === 0 ? [] : []
}
