import type { Day } from '@carecommons/kernel'
import type { ResourceDays } from './resource-days.ts'
import type { ResourceType } from './resource-types.ts'

export type { ResourceType } from './resource-types.ts'

/** What one line of FHIR says, as far as the region works with it. `bytes` are the whole truth; the rest is read from them. */
export interface ParsedResource {
  readonly type: ResourceType
  readonly id: string
  /** The line as received, without surrounding white space: UTF-8, numbers as written. A view of the line. */
  readonly bytes: Buffer
  /** First 16 bytes of SHA-1 over `bytes`: equal bytes, equal hash. Tells versions apart; protects nothing. */
  readonly hash: Buffer
  /** Logical id of the patient the resource belongs to; the own id of a Patient; `null` for directory entries. */
  readonly patientId: string | null
  /** Every coding that a retrieve by value set can hit, each once. */
  readonly codes: readonly Coding[]
  /** When it took place. */
  readonly days: ResourceDays
  /** What meta.security says of special protection; null when it says none. */
  readonly sensitivity: Sensitivity | null
  /** Whether its meta says which of several versions it is. */
  readonly isVersioned: boolean
  readonly facts: readonly Fact[]
  /** Only of a Patient. */
  readonly patient: PatientRecord | null
  /** Only of Organization, Practitioner, PractitionerRole, Location. */
  readonly directory: DirectoryRecord | null
  /** Only of Coverage, Claim, ExplanationOfBenefit. */
  readonly payers: readonly PayerEvidence[]
}

/** `part2`: substance use (42 CFR Part 2). `behavioral`: behavioral health. Of both the stricter one. */
export type Sensitivity = 'part2' | 'behavioral'

/** Without its words: they belong to the chart that says them, and stay in its record. */
export interface Coding {
  /** Code system URI; `null` when the sender gave none. */
  readonly system: string | null
  readonly code: string
}

export interface Reference {
  /** `null` when neither the reference nor its `type` element says. */
  readonly type: string | null
  /** Logical id; `null` for contained, conditional and identifier-only references. */
  readonly id: string | null
  readonly display: string | null
  /** From `Reference.identifier`, or from a conditional reference `Type?identifier=system|value`. */
  readonly identifier: Identifier | null
}

export interface Identifier {
  /** Naming system URI (an OID as `urn:oid:...`). */
  readonly system: string | null
  readonly value: string
  /** Code of the identifier's type in HL7 table 0203 (`MR`, `SS`, `NPI`, ...). */
  readonly type: string | null
}

/** How exact a moment was written: `2020`, `2020-05`, `2020-05-03`, or with time and zone. */
export type Precision = 'year' | 'month' | 'day' | 'instant'

/** One row of the uniform projection; a resource gives part 0, components of an Observation parts 1, 2, ... */
export interface Fact {
  readonly part: number
  readonly code: Coding | null
  /** First category code (`vital-signs`, `laboratory`, `encounter-diagnosis`, ...). */
  readonly category: string | null
  /** The resource's status; of a Condition or AllergyIntolerance the clinical status. */
  readonly status: string | null
  /** Verification status of a Condition or AllergyIntolerance: `entered-in-error` and `refuted` mean it does not hold. */
  readonly verification: string | null
  /** A day `YYYY-MM-DD` (year or month alone: its first day) or an instant with zone. PostgreSQL reads both. */
  readonly startsAt: string | null
  readonly startsPrecision: Precision | null
  /** As `startsAt`, but a year or month alone means its last day. `null` also when still open. */
  readonly endsAt: string | null
  readonly endsPrecision: Precision | null
  /** Decimal text exactly as written (`16942.30`); at most 38 significant digits, exponent within 30. */
  readonly value: string | null
  /** UCUM code, else the printed unit. */
  readonly unit: string | null
  /** `<`, `<=`, `>=`, `>` when the value is a bound. */
  readonly comparator: string | null
  /** Coded value; of an Encounter its class, of a Procedure or an order nothing. */
  readonly valueCode: Coding | null
  readonly valueText: string | null
}

export interface PatientRecord {
  readonly id: string
  readonly family: string | null
  readonly given: string | null
  /** Every name the person goes by, lower case, as `given family`; for search. */
  readonly searchNames: readonly string[]
  /** `null` when unknown or not exact to the day; `birthDateAsWritten` keeps a year or month. */
  readonly birthDate: Day | null
  readonly birthDateAsWritten: string | null
  readonly gender: 'male' | 'female' | 'other' | 'unknown' | null
  readonly isDeceased: boolean
  /** A day or an instant; `null` when alive or when only the fact is known. */
  readonly deceasedAt: string | null
  /** Patient.active; absent means true. */
  readonly isActive: boolean
  readonly identifiers: readonly Identifier[]
  readonly managingOrganization: Reference | null
  readonly generalPractitioners: readonly Reference[]
  readonly address: Address | null
  readonly phone: string | null
  readonly email: string | null
  /** BCP 47 code of the preferred (else first) language. */
  readonly language: string | null
}

export interface Address {
  readonly line: string | null
  readonly city: string | null
  readonly state: string | null
  readonly postalCode: string | null
}

export interface DirectoryRecord {
  readonly kind: 'Organization' | 'Practitioner' | 'PractitionerRole' | 'Location'
  readonly id: string
  readonly isActive: boolean
  readonly name: string | null
  /** National Provider Identifier, ten digits. */
  readonly npi: string | null
  readonly identifiers: readonly Identifier[]
  /** Organization.type, PractitionerRole.code and specialty, Location.type. */
  readonly types: readonly Coding[]
  /** An Organization typed `pay` or `ins`. */
  readonly isPayer: boolean
  /** Organization.partOf, PractitionerRole.organization, Location.managingOrganization. */
  readonly organization: Reference | null
  /** PractitionerRole.practitioner. */
  readonly practitioner: Reference | null
  readonly address: Address | null
  readonly phone: string | null
}

export interface PayerEvidence {
  /** As written; `null` when only a reference was given, or for the uninsured. */
  readonly payerName: string | null
  /** `Organization/<id>` when the payer is a directory entry. */
  readonly payerReference: string | null
  readonly isUninsured: boolean
  /** First day it is evidence for, on the wall of the sender. Evidence without a date is not evidence. */
  readonly from: Day
  /** Last day (Coverage only); `null` when open or not said. */
  readonly to: Day | null
  /** Coverage.subscriberId, else the first identifier's value: the member number at the payer. */
  readonly memberNumber: string | null
  readonly source: 'Coverage' | 'Claim' | 'ExplanationOfBenefit'
}

/** Why a line was not taken. `reason` is for people and quotes no value of the patient, so it may be logged. */
export interface Rejected {
  readonly rejected: true
  readonly code: RejectCode
  /** Where and what, and what to do: `Patient.birthDate: no such day in the calendar; write YYYY-MM-DD`. */
  readonly reason: string
  /** As far as it could be read before the fault. */
  readonly type: string | null
  readonly id: string | null
  /** FHIRPath-like place, `Patient.name[0].family`. */
  readonly path: string | null
  /** 1-based byte column of a fault in the JSON text. */
  readonly column: number | null
}

export type RejectCode =
  | 'encoding' // not UTF-8
  | 'nul' // U+0000, which neither FHIR strings nor PostgreSQL hold
  | 'json' // not JSON, or cut off
  | 'not-object'
  | 'depth'
  | 'type-missing'
  | 'type-unknown' // not a FHIR R4 resource type
  | 'type-not-taken' // R4, but not imported
  | 'id'
  | 'element-missing'
  | 'element-unknown'
  | 'element-repeated'
  | 'kind' // string for number, object for array, ...
  | 'code' // outside a required value set
  | 'format' // malformed date, uri, id, ...
  | 'calendar' // a day no calendar has
  | 'number' // not a decimal, too many digits, exponent too large
  | 'reference'
  | 'patient' // no patient, or a subject that is none
