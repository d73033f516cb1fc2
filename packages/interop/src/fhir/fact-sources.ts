import type { ResourceType } from './resource-types.ts'

/** Which elements of a type the uniform projection is read from. Several names: the first one present counts. */
export interface FactSource {
  readonly code?: readonly string[]
  readonly category?: readonly string[]
  readonly status?: readonly string[]
  readonly verification?: readonly string[]
  /** dateTime, instant, date or Period. */
  readonly starts?: readonly string[]
  /** When given, only these end it; else the end of the Period that it starts with. (An onset Period is not the illness.) */
  readonly ends?: readonly string[]
  readonly value?: readonly string[]
}

const VALUE = ['valueQuantity', 'valueCodeableConcept', 'valueString', 'valueInteger', 'valueBoolean', 'valueDateTime', 'valueTime']
const MEDICATION = ['medicationCodeableConcept', 'medicationReference']

/**
 * The code is the one FHIR's model info calls primary (what a retrieve filters by). Dates of a state that begins (onset)
 * fall back on the day it was recorded; dates of an event do not fall back on anything of another meaning.
 */
export const FACT_SOURCES: Readonly<Partial<Record<ResourceType, FactSource>>> = {
  Encounter: { code: ['type'], status: ['status'], starts: ['period'], value: ['class'] },
  Condition: {
    code: ['code'],
    category: ['category'],
    status: ['clinicalStatus'],
    verification: ['verificationStatus'],
    starts: ['onsetDateTime', 'onsetPeriod', 'recordedDate'],
    ends: ['abatementDateTime', 'abatementPeriod'],
  },
  AllergyIntolerance: {
    code: ['code'],
    category: ['category'],
    status: ['clinicalStatus'],
    verification: ['verificationStatus'],
    starts: ['onsetDateTime', 'onsetPeriod', 'recordedDate'],
    ends: [],
  },
  Observation: {
    code: ['code'],
    category: ['category'],
    status: ['status'],
    starts: ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant', 'issued'],
    value: VALUE,
  },
  DiagnosticReport: {
    code: ['code'],
    category: ['category'],
    status: ['status'],
    starts: ['effectiveDateTime', 'effectivePeriod', 'issued'],
  },
  Procedure: { code: ['code'], category: ['category'], status: ['status'], starts: ['performedDateTime', 'performedPeriod'] },
  Immunization: { code: ['vaccineCode'], status: ['status'], starts: ['occurrenceDateTime'] },
  MedicationRequest: { code: MEDICATION, category: ['category'], status: ['status'], starts: ['authoredOn'] },
  MedicationStatement: { code: MEDICATION, category: ['category'], status: ['status'], starts: ['effectiveDateTime', 'effectivePeriod'] },
  MedicationAdministration: {
    code: MEDICATION,
    category: ['category'],
    status: ['status'],
    starts: ['effectiveDateTime', 'effectivePeriod'],
  },
  MedicationDispense: { code: MEDICATION, category: ['category'], status: ['status'], starts: ['whenHandedOver', 'whenPrepared'] },
  CarePlan: { code: ['category'], status: ['status'], starts: ['period', 'created'] },
  CareTeam: { code: ['category'], status: ['status'], starts: ['period'] },
  Goal: { code: ['description'], category: ['category'], status: ['lifecycleStatus'], starts: ['startDate'], value: ['achievementStatus'] },
  ServiceRequest: {
    code: ['code'],
    category: ['category'],
    status: ['status'],
    starts: ['authoredOn', 'occurrenceDateTime', 'occurrencePeriod'],
  },
  DeviceRequest: { code: ['codeCodeableConcept'], status: ['status'], starts: ['authoredOn', 'occurrenceDateTime', 'occurrencePeriod'] },
  NutritionOrder: { status: ['status'], starts: ['dateTime'] },
  Communication: { code: ['category'], status: ['status'], starts: ['sent', 'received'] },
  Task: { code: ['code'], status: ['status'], starts: ['authoredOn', 'executionPeriod'] },
  Appointment: { code: ['serviceType'], status: ['status'], starts: ['start'], ends: ['end'] },
  EpisodeOfCare: { code: ['type'], status: ['status'], starts: ['period'] },
  QuestionnaireResponse: { status: ['status'], starts: ['authored'], value: ['questionnaire'] },
  DocumentReference: { code: ['type'], category: ['category'], status: ['status'], starts: ['date'] },
  Composition: { code: ['type'], category: ['category'], status: ['status'], starts: ['date'] },
  Media: { code: ['type'], status: ['status'], starts: ['createdDateTime', 'createdPeriod'] },
  ImagingStudy: { code: ['procedureCode'], status: ['status'], starts: ['started'] },
  Specimen: { code: ['type'], status: ['status'], starts: ['receivedTime'] },
  Device: { code: ['type'], status: ['status'] },
  Flag: { code: ['code'], category: ['category'], status: ['status'], starts: ['period'] },
  RiskAssessment: { code: ['code'], status: ['status'], starts: ['occurrenceDateTime', 'occurrencePeriod'] },
  AdverseEvent: { code: ['event'], category: ['category'], status: ['actuality'], starts: ['date', 'detected', 'recordedDate'] },
  DetectedIssue: { code: ['code'], status: ['status'], starts: ['identifiedDateTime', 'identifiedPeriod'] },
  FamilyMemberHistory: { code: ['relationship'], status: ['status'], starts: ['date'] },
  Consent: { code: ['category'], category: ['scope'], status: ['status'], starts: ['dateTime'] },
}

/**
 * Further elements whose codings a retrieve can filter by, beside the code of the fact. Not the categories: they are on
 * every row, select next to nothing, and stand in the fact.
 */
export const MORE_CODES: Readonly<Partial<Record<ResourceType, readonly string[]>>> = {
  Encounter: ['class', 'serviceType'],
  Goal: ['category'],
  Communication: ['topic'],
  Appointment: ['appointmentType'],
  Coverage: ['type'],
  Claim: ['type'],
  ExplanationOfBenefit: ['type'],
  Medication: ['code'],
  Organization: ['type'],
  Location: ['type'],
  PractitionerRole: ['code', 'specialty'],
  RelatedPerson: ['relationship'],
}
