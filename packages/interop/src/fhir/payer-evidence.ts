import type { Day } from '@carecommons/kernel'
import { readName } from './contact.ts'
import { type Kept, objectOf, objectsOf, textOf } from './kept.ts'
import { dayOf, endOf, startOf } from './moments.ts'
import { isPersonsName } from './persons-name.ts'
import { readCodings, readIdentifiers, readReference } from './references.ts'
import type { PayerEvidence } from './resource.ts'

/** A Coverage without a start holds since ever. */
const SINCE_EVER: Day = '0001-01-01'
const SELF_PAY = 'http://terminology.hl7.org/CodeSystem/coverage-selfpay'
/** FHIR: a Patient or RelatedPerson who pays is self-pay. Theirs is no name for the region's directory of payers. */
const PEOPLE = ['Patient', 'RelatedPerson']
const UNINSURED_NAMES = ['no insurance', 'uninsured', 'self pay', 'selfpay']
/** Statuses of a record that says nothing about who paid. */
const VOID = ['entered-in-error', 'draft']

type Payer = Pick<PayerEvidence, 'payerName' | 'payerReference' | 'isUninsured'>
const SELF: Payer = { payerName: null, payerReference: null, isUninsured: true }

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
  return [{ ...coveragePayer(coverage, coverage), from, to, memberNumber, source: 'Coverage' }]
}

/** Whose coverage stands in which resource: its own, or the claim that contains it. */
function coveragePayer(coverage: Kept, within: Kept): Payer {
  const isSelfPay = readCodings(coverage['type']).some((coding) => coding.system === SELF_PAY)
  const payer = isSelfPay ? SELF : payerOf(objectsOf(coverage['payor'])[0], within)
  if (!payer) return { payerName: null, payerReference: null, isUninsured: false }
  return isOneOf(
    PARTIES.flatMap((party) => objectsOf(coverage[party])),
    within,
    payer,
  )
    ? SELF
    : payer
}

/** Elements of a Coverage that name people. */
const PARTIES = ['beneficiary', 'subscriber', 'policyHolder']

function payerOf(reference: Kept | undefined, within: Kept): Payer | null {
  if (!reference) return null
  const { type, id, display } = readReference(reference)
  const contained = containedIn(within, textOf(reference['reference']))
  const kind = textOf(contained?.['resourceType'] ?? null) ?? type
  if (kind !== null && PEOPLE.includes(kind)) return SELF
  const name = display ?? (kind === 'Organization' ? textOf(contained?.['name'] ?? null) : null)
  if (name !== null && isUninsuredName(name)) return SELF
  const payerReference = id !== null && (type === 'Organization' || type === null) ? `Organization/${id}` : null
  if (name === null && payerReference === null) return null
  const payer = { payerName: name, payerReference, isUninsured: false }
  return isOneOf(objectsOf(within['patient']), within, payer) ? SELF : payer
}

/** Whether a payer has the name of one of the people at hand, or of somebody whose entry is contained. */
function isOneOf(people: readonly Kept[], within: Kept, { payerName }: Payer): boolean {
  if (payerName === null) return false
  const contained = objectsOf(within['contained']).filter((one) => PEOPLE.includes(textOf(one['resourceType']) ?? ''))
  const names = contained.flatMap((one) => objectsOf(one['name'])).map((name) => ({ ...readName(name), text: textOf(name['text']) }))
  return [
    ...people.map((one) => ({ family: textOf(one['display']), given: null })),
    ...names,
    ...names.map(({ text }) => ({ family: text, given: null })),
  ].some((name) => isPersonsName(payerName, name))
}

const containedIn = (within: Kept, reference: string | null): Kept | null =>
  reference?.startsWith('#') ? (objectsOf(within['contained']).find((one) => `#${String(one['id'])}` === reference) ?? null) : null

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
  if (contained) return coveragePayer(contained, claim)
  const { type, display } = readReference(coverage)
  if (type !== null && PEOPLE.includes(type)) return SELF
  // The reference itself is to a Coverage, not to a payer; its name is all it tells.
  return display === null ? null : payerOf({ display }, claim)
}

function benefitPayer(benefit: Kept): Payer | null {
  const insurer = payerOf(objectOf(benefit['insurer']) ?? undefined, benefit)
  if (insurer) return insurer
  const contained = containedCoverage(benefit, null)
  return contained ? coveragePayer(contained, benefit) : claimPayer(benefit)
}

function containedCoverage(resource: Kept, reference: string | null): Kept | null {
  const coverages = objectsOf(resource['contained']).filter((one) => one['resourceType'] === 'Coverage')
  return (reference === null ? coverages[0] : coverages.find((one) => `#${String(one['id'])}` === reference)) ?? null
}

function billedFrom(resource: Kept): Day | null {
  const start = textOf(objectOf(resource['billablePeriod'])?.['start']) ?? textOf(resource['created'])
  return start === null ? null : dayOf(startOf(start))
}
