import { type Kept, objectOf } from './kept.ts'
import { readCodings } from './references.ts'
import type { Sensitivity } from './resource.ts'

/** HL7 v3 ActCode, as R4 names it and as older senders do. */
const SYSTEMS: ReadonlySet<string | null> = new Set([
  'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  'http://hl7.org/fhir/v3/ActCode',
  'urn:oid:2.16.840.1.113883.5.4',
  null,
])

/** Information sensitivity codes. Confidentiality (`N`, `R`, `V`) says how closely a record is kept, not what it is about: it labels nothing. */
const LABELS: ReadonlyMap<string, Sensitivity> = new Map([
  ['ETH', 'part2'],
  ['SUD', 'part2'],
  ['SUDx', 'part2'],
  ['PSY', 'behavioral'],
  ['PSYTHPN', 'behavioral'],
  ['BH', 'behavioral'],
  ['MH', 'behavioral'],
])

/** The label that a resource's security tags put on it. */
export function sensitivityOf(resource: Kept): Sensitivity | null {
  const security = objectOf(resource['meta'])?.['security']
  if (security === undefined) return null
  const labels = readCodings(security).flatMap(({ system, code }) => (SYSTEMS.has(system) ? (LABELS.get(code) ?? []) : []))
  return labels.includes('part2') ? 'part2' : (labels[0] ?? null)
}
