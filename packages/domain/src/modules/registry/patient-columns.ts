/** What a list of patients can show of each beside the name, by key; and what whoever reads it has to be permitted. */
export const patientColumns = {
  age: null,
  born: null,
  sex: null,
  phone: 'Identifiers',
  conditions: 'ClinicalRecord',
  gaps: 'ClinicalRecord',
  risk: 'ClinicalRecord',
  a1c: 'ClinicalRecord',
  bloodPressure: 'ClinicalRecord',
  phq9: 'ClinicalRecord',
  lastVisit: null,
  lastContact: null,
  careManager: null,
  clinician: null,
  recordNumber: 'Identifiers',
} as const satisfies Readonly<Record<string, 'Identifiers' | 'ClinicalRecord' | null>>

export type PatientColumnName = keyof typeof patientColumns
