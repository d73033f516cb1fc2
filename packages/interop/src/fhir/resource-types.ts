/** The types the import takes. Those of the directory belong to the region, all others to one patient's chart. */
export const DIRECTORY_TYPES = ['Organization', 'Location', 'Practitioner', 'PractitionerRole', 'Medication'] as const

/** Where a type names its patient. A Device may be a thing of the practice: without a patient it is a directory entry. */
export const PATIENT_PATH = {
  Coverage: 'beneficiary',
  Encounter: 'subject',
  Condition: 'subject',
  Observation: 'subject',
  DiagnosticReport: 'subject',
  MedicationRequest: 'subject',
  MedicationStatement: 'subject',
  MedicationAdministration: 'subject',
  MedicationDispense: 'subject',
  Procedure: 'subject',
  Immunization: 'patient',
  AllergyIntolerance: 'patient',
  CarePlan: 'subject',
  CareTeam: 'subject',
  Goal: 'subject',
  ServiceRequest: 'subject',
  Communication: 'subject',
  QuestionnaireResponse: 'subject',
  DocumentReference: 'subject',
  Task: 'for',
  Device: 'patient',
  DeviceRequest: 'subject',
  ImagingStudy: 'subject',
  Claim: 'patient',
  ExplanationOfBenefit: 'patient',
  FamilyMemberHistory: 'patient',
  NutritionOrder: 'patient',
  RelatedPerson: 'patient',
  Specimen: 'subject',
  Appointment: 'participant',
  EpisodeOfCare: 'patient',
  Flag: 'subject',
  RiskAssessment: 'subject',
  AdverseEvent: 'subject',
  Consent: 'patient',
  DetectedIssue: 'patient',
  Composition: 'subject',
  Media: 'subject',
} as const

export type DirectoryType = (typeof DIRECTORY_TYPES)[number]
export type ResourceType = 'Patient' | DirectoryType | keyof typeof PATIENT_PATH

const TYPES: readonly string[] = ['Patient', ...DIRECTORY_TYPES, ...Object.keys(PATIENT_PATH)]

export const isResourceType = (name: string): name is ResourceType => TYPES.includes(name)

/** Types that others refer to come first, so that most references are known when a line is read. */
const IMPORT_ORDER: readonly string[] = ['Organization', 'Location', 'Practitioner', 'PractitionerRole', 'Patient', 'Coverage', 'Encounter']

/** Rank of a type in an import; unlisted types share the last. */
export function importRank(type: string | null): number {
  const rank = IMPORT_ORDER.indexOf(type ?? '')
  return rank < 0 ? IMPORT_ORDER.length : rank
}
