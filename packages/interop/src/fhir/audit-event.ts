/** One row of the audit, as the region keeps it: ids and words of its own. */
export interface AuditRecord {
  readonly id: string
  /** ISO 8601 with zone. */
  readonly at: string
  readonly userId: string | null
  readonly membershipId: string | null
  readonly role: string | null
  readonly organizationId: string | null
  readonly purpose: string
  readonly practiceId: string | null
  readonly action: string
  readonly subject: string
  readonly subjectIds: readonly string[]
  readonly outcome: string
  readonly correlationId: string
}

const coding = (system: string, code: string, display?: string) => ({ system, code, ...(display ? { display } : {}) })

const DICOM = 'http://dicom.nema.org/resources/ontology/DCM'
const RESTFUL = 'http://hl7.org/fhir/restful-interaction'
const REASON = 'http://terminology.hl7.org/CodeSystem/v3-ActReason'
const OURS = 'urn:carecommons'

/** C create, R read, U update, D delete, E execute (http://hl7.org/fhir/R4/valueset-audit-event-action.html). */
const ACTIONS: Readonly<
  Record<string, { readonly code: 'C' | 'R' | 'U' | 'D' | 'E'; readonly subtype: readonly [string, string, string?] }>
> = {
  read: { code: 'R', subtype: [RESTFUL, 'read', 'read'] },
  create: { code: 'C', subtype: [RESTFUL, 'create', 'create'] },
  update: { code: 'U', subtype: [RESTFUL, 'update', 'update'] },
  end: { code: 'U', subtype: [RESTFUL, 'update', 'update'] },
  start: { code: 'E', subtype: [RESTFUL, 'operation', 'operation'] },
  export: { code: 'R', subtype: [DICOM, '110106', 'Export'] },
  'sign-in': { code: 'E', subtype: [DICOM, '110122', 'Login'] },
  'sign-out': { code: 'E', subtype: [DICOM, '110123', 'Logout'] },
}

/** Why, as ActReason (HL7 v3, PurposeOfUse). */
const REASONS: Readonly<Record<string, readonly [string, string]>> = {
  treatment: ['TREAT', 'treatment'],
  operations: ['HOPERAT', 'healthcare operations'],
  payment: ['HPAYMT', 'healthcare payment'],
  emergency: ['ETREAT', 'Emergency Treatment'],
  shared: ['COC', 'coordination of care'],
  oversight: ['HCOMPL', 'health compliance'],
  'patient-request': ['PATRQT', 'patient requested'],
  system: ['HSYSADMIN', 'health system administration'],
}

/** What of a chart was looked at: the ids of such rows are patients. */
const OF_PATIENTS = new Set([
  'Chart',
  'Identifiers',
  'ClinicalNote',
  'SensitiveRecord',
  'Consent',
  'Disclosure',
  'EmergencyAccess',
  'Visibility',
  'ShareGrant',
  'AuditEvent',
])

const urn = (id: string) => ({ identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` } })

/** A row as FHIR R4 AuditEvent (4.0.1). Codes where HL7 or DICOM has one, our own words beside them; ids only, never a name or a value. */
export function auditEventResource(row: AuditRecord) {
  const act = ACTIONS[row.action] ?? { code: 'E' as const, subtype: [`${OURS}:action`, row.action] as const }
  const [code, display] = REASONS[row.purpose] ?? []
  const isSession = row.subject === 'Session'
  return {
    resourceType: 'AuditEvent',
    id: row.id,
    type: isSession
      ? coding(DICOM, '110114', 'User Authentication')
      : coding('http://terminology.hl7.org/CodeSystem/audit-event-type', 'rest', 'RESTful Operation'),
    subtype: [coding(...act.subtype), coding(`${OURS}:subject`, row.subject)],
    action: act.code,
    recorded: row.at,
    outcome: row.outcome === 'allowed' ? '0' : '4',
    ...(row.outcome === 'allowed' ? {} : { outcomeDesc: row.outcome === 'denied' ? 'refused' : 'nothing there' }),
    ...(code ? { purposeOfEvent: [{ coding: [coding(REASON, code, display)], text: row.purpose }] } : {}),
    agent: [
      {
        ...(row.role ? { role: [{ coding: [coding(`${OURS}:role`, row.role)] }] } : {}),
        ...(row.userId ? { who: urn(row.userId) } : { name: row.role === 'worker' ? 'job' : 'nobody known' }),
        ...(row.membershipId ? { altId: row.membershipId } : {}),
        requestor: true,
      },
      ...(row.organizationId ? [{ who: { reference: `Organization/${row.organizationId}` }, requestor: false }] : []),
    ],
    source: {
      ...(row.practiceId ? { site: row.practiceId } : {}),
      observer: { display: 'CareCommons' },
      type: [coding('http://terminology.hl7.org/CodeSystem/security-source-type', '4', 'Application Server')],
    },
    entity: [
      ...row.subjectIds.map((id) => entityOf(row.subject, id)),
      {
        what: urn(row.correlationId),
        type: coding('http://terminology.hl7.org/CodeSystem/audit-entity-type', '4', 'Other'),
        name: 'request',
      },
    ],
  }
}

function entityOf(subject: string, id: string) {
  if (!OF_PATIENTS.has(subject))
    return { what: urn(id), type: coding('http://terminology.hl7.org/CodeSystem/audit-entity-type', '2', 'System Object') }
  return {
    what: { reference: `Patient/${id}` },
    type: coding('http://terminology.hl7.org/CodeSystem/audit-entity-type', '1', 'Person'),
    role: coding('http://terminology.hl7.org/CodeSystem/object-role', '1', 'Patient'),
  }
}
