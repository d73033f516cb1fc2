/** Code systems and concepts, as ready JSON text: a chart is written by joining text, never by building objects. */
export const SYSTEM = {
  icd10: 'http://hl7.org/fhir/sid/icd-10-cm',
  snomed: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  hcpcs: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  nucc: 'http://nucc.org/provider-taxonomy',
  npi: 'http://hl7.org/fhir/sid/us-npi',
  ssn: 'http://hl7.org/fhir/sid/us-ssn',
  ucum: 'http://unitsofmeasure.org',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  /** Source of payment typology: 1 Medicare, 2 Medicaid, 5 private, 81 self-pay. */
  payment: 'https://nahdo.org/sopt',
} as const

type System = keyof typeof SYSTEM

/** `[system, code, display]` */
export type Code = readonly [system: System | `http${string}` | `urn:${string}`, code: string, display: string]

export function coding([system, code, display]: Code): string {
  return `{"system":"${system in SYSTEM ? SYSTEM[system as System] : system}","code":"${code}","display":"${display}"}`
}

/** A CodeableConcept; a text only where it says more than the display, for lines are many. */
export const concept = (codes: readonly Code[], text?: string): string =>
  `{"coding":[${codes.map(coding).join(',')}]${text === undefined ? '' : `,"text":"${text}"`}}`

/** A concept of one of the code systems that HL7 publishes with FHIR. */
export const hl7 = (system: string, code: string, display: string): string =>
  concept([[`http://terminology.hl7.org/CodeSystem/${system}`, code, display]])

/** Marks what could be taken for a person or an organization as made up for trying things out. */
export const TEST_DATA = `"meta":{"tag":[${coding(['http://terminology.hl7.org/CodeSystem/v3-ActReason', 'HTEST', 'test health data'])}]}`

export const CARE_MANAGER_ROLE: Code = ['nucc', '171M00000X', 'Case Manager/Care Coordinator']
