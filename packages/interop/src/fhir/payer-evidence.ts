import type { Day } from '@carecommons/kernel'
import { type Kept, objectOf, objectsOf, textOf } from './kept.ts'
import { dayOf, endOf, startOf } from './moments.ts'
import { readCodings, readIdentifiers, readReference } from './references.ts'
import type { PayerEvidence } from './resource.ts'

/** A Coverage without a start holds since ever. */
const SINCE_EVER: Day = '0001-01-01'
const SELF_PAY = 'http://terminology.hl7.org/CodeSystem/coverage-selfpay'
const UNINSURED_NAMES = ['no insurance', 'uninsured', 'self pay', 'selfpay']
/** Statuses of a record that says nothing about who paid. */
const VOID = ['entered-in-error', 'draft']

type Payer = Pick<PayerEvidence, 'payerName' | 'payerReference' | 'isUninsured'>

/** What a Coverage, Claim or ExplanationOfBenefit says about who paid for the patient, and when. */
export function readPayers(source: PayerEvidence['source'], resource: Kept): PayerEvidence[] {
  const status = textOf(resource['status']) ?? ''
  if (VOID.includes(status)) return []
  if (source === 'Coverage') return coverageEvidence(resource, status)
  const from = billedFrom(resource)
  if (status === 'cancelled' || from === null) return []
  const payer = source === 'Claim' ? claimPayer(resource) : benefitPayer(resource)
  return payer ? [{ ...payer, from, to: null, memberNumber: null, source }] : []
}

function coverageEvidence(coverage: Kept, status: string): PayerEvidence[] {
  const period = objectOf(coverage['period'])
  const start = textOf(period?.['start'])
  const end = textOf(period?.['end'])
  // Cancelled without an end: it ended on a day nobody wrote down.
  if (status === 'cancelled' && end === null) return []
  const from = start === null ? SINCE_EVER : dayOf(startOf(start))
  const to = end === null ? null : dayOf(endOf(end))
  if (to !== null && to < from) return []
  const memberNumber = textOf(coverage['subscriberId']) ?? readIdentifiers(coverage['identifier'])[0]?.value ?? null
  return [{ ...coveragePayer(coverage), from, to, memberNumber, source: 'Coverage' }]
}

function coveragePayer(coverage: Kept): Payer {
  const isSelfPay = readCodings(coverage['type']).some((coding) => coding.system === SELF_PAY)
  const payer = payerOf(objectsOf(coverage['payor'])[0])
  // FHIR: a Patient or RelatedPerson who pays is self-pay. Theirs is no name for the region's directory of payers.
  const isOwn = isSelfPay || ['Patient', 'RelatedPerson'].includes(readReference(objectsOf(coverage['payor'])[0] ?? {}).type ?? '')
  return isOwn
    ? { payerName: null, payerReference: null, isUninsured: true }
    : (payer ?? { payerName: null, payerReference: null, isUninsured: false })
}

function payerOf(reference: Kept | undefined): Payer | null {
  if (!reference) return null
  const { type, id, display } = readReference(reference)
  if (display !== null && isUninsuredName(display)) return { payerName: null, payerReference: null, isUninsured: true }
  const payerReference = id !== null && (type === 'Organization' || type === null) ? `Organization/${id}` : null
  return display === null && payerReference === null ? null : { payerName: display, payerReference, isUninsured: false }
}

function isUninsuredName(name: string): boolean {
  return UNINSURED_NAMES.includes(
    name
      .trim()
      .toLowerCase()
      .replace(/[_\s-]+/g, ' '),
  )
}

/** The insurance the claim is made against: the focal one, else the first. */
function claimPayer(claim: Kept): Payer | null {
  const insurances = objectsOf(claim['insurance'])
  const insurance = insurances.find((one) => one['focal'] === true) ?? insurances[0]
  const coverage = objectOf(insurance?.['coverage'])
  if (!coverage) return null
  const contained = containedCoverage(claim, textOf(coverage['reference']))
  if (contained) return coveragePayer(contained)
  // The reference itself is to a Coverage, not to a payer; its name is all it tells.
  return payerOf({ display: coverage['display'] })
}

function benefitPayer(benefit: Kept): Payer | null {
  const insurer = payerOf(objectOf(benefit['insurer']) ?? undefined)
  if (insurer) return insurer
  const contained = containedCoverage(benefit, null)
  return contained ? coveragePayer(contained) : claimPayer(benefit)
}

function containedCoverage(resource: Kept, reference: string | null): Kept | null {
  const coverages = objectsOf(resource['contained']).filter((one) => one['resourceType'] === 'Coverage')
  return (reference === null ? coverages[0] : coverages.find((one) => `#${String(one['id'])}` === reference)) ?? null
}

function billedFrom(resource: Kept): Day | null {
  const start = textOf(objectOf(resource['billablePeriod'])?.['start']) ?? textOf(resource['created'])
  return start === null ? null : dayOf(startOf(start))
}
