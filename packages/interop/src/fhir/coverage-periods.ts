import { addDays, type Day } from '@carecommons/kernel'
import type { PayerEvidence } from './resource.ts'

/** One payer of one patient from a day to a day, both included; `to` is `null` while it lasts. */
export interface CoveragePeriod {
  /** `Organization/<id>`, else the name in lower case with single spaces, else `uninsured`. Equal key, same payer. */
  readonly payerKey: string
  /** As written; `null` for the uninsured and for a bare reference. */
  readonly payerName: string | null
  readonly payerReference: string | null
  readonly isUninsured: boolean
  readonly memberNumber: string | null
  readonly from: Day
  readonly to: Day | null
}

interface Stretch extends CoveragePeriod {
  readonly isExplicit: boolean
}

const FOREVER: Day = '9999-12-31'

/**
 * Who paid for one patient, as periods that do not overlap, out of evidence in any order:
 * 1. Claims and benefits: a payer's period begins on the day of its first evidence and ends the day before another payer's
 *    next evidence; the last one stays open. On one day an ExplanationOfBenefit outweighs a Claim, then the payer's key decides.
 * 2. Coverage: holds from its start to its end. On days it covers, claims do not count.
 * 3. Where Coverages overlap, the one that began later holds; begun the same day, insured before uninsured, then the key.
 *    When it ends before the other, the other holds again.
 */
export function coveragePeriods(evidence: readonly PayerEvidence[]): CoveragePeriod[] {
  const keyOf = payerKeys(evidence)
  const explicit = evidence.filter((one) => one.source === 'Coverage').map((one) => stretch(one, keyOf(one), one.to, true))
  const stretches = [...explicit, ...claimStretches(evidence, keyOf)].sort(weight)
  const days = [...new Set(stretches.flatMap((one) => (one.to === null ? [one.from] : [one.from, next(one.to)])))].sort()
  const periods: CoveragePeriod[] = []
  days.forEach((from, index) => {
    const holder = stretches.find((one) => one.from <= from && (one.to ?? FOREVER) >= from)
    if (holder) append(periods, holder, from, index + 1 < days.length ? addDays(days[index + 1]!, -1) : holder.to)
  })
  return periods
}

/** The same payer may come by reference here and by name there: a name seen with one reference stands for it. */
function payerKeys(evidence: readonly PayerEvidence[]): (one: PayerEvidence) => string {
  const references = new Map<string, string>()
  for (const { payerName, payerReference } of evidence)
    if (payerName !== null && payerReference !== null) references.set(normalize(payerName), payerReference)
  return ({ payerName, payerReference, isUninsured }) => {
    if (isUninsured) return 'uninsured'
    const name = normalize(payerName ?? 'unknown')
    return payerReference ?? references.get(name) ?? name
  }
}

const normalize = (name: string): string => name.trim().toLowerCase().replace(/\s+/g, ' ')

function claimStretches(evidence: readonly PayerEvidence[], keyOf: (one: PayerEvidence) => string): Stretch[] {
  const claims = evidence
    .filter((one) => one.source !== 'Coverage')
    .sort((a, b) => compare(a.from, b.from) || Number(a.source === 'Claim') - Number(b.source === 'Claim') || compare(keyOf(a), keyOf(b)))
  const runs: PayerEvidence[] = []
  let day: Day | null = null
  for (const claim of claims) {
    const isFirstOfDay = claim.from !== day
    day = claim.from
    const last = runs.at(-1)
    if (isFirstOfDay && (!last || keyOf(last) !== keyOf(claim))) runs.push(claim)
  }
  return runs.map((run, index) => stretch(run, keyOf(run), runs[index + 1] ? addDays(runs[index + 1]!.from, -1) : null, false))
}

function stretch(one: PayerEvidence, payerKey: string, to: Day | null, isExplicit: boolean): Stretch {
  const { payerName, payerReference, isUninsured, memberNumber, from } = one
  return { payerKey, payerName, payerReference, isUninsured, memberNumber, from, to, isExplicit }
}

/** Weightiest first. */
const weight = (a: Stretch, b: Stretch): number =>
  Number(b.isExplicit) - Number(a.isExplicit) ||
  compare(b.from, a.from) ||
  Number(a.isUninsured) - Number(b.isUninsured) ||
  compare(a.payerKey, b.payerKey) ||
  compare(b.to ?? FOREVER, a.to ?? FOREVER)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const next = (day: Day): Day => (day === FOREVER ? FOREVER : addDays(day, 1))

function append(periods: CoveragePeriod[], { isExplicit: _, ...holder }: Stretch, from: Day, to: Day | null): void {
  const last = periods.at(-1)
  const continues =
    last?.payerKey === holder.payerKey && last.memberNumber === holder.memberNumber && last.to !== null && next(last.to) === from
  if (continues) periods[periods.length - 1] = { ...last, to }
  else periods.push({ ...holder, from, to })
}
