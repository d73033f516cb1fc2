import type { UserKey } from '../../support/world.ts'

/**
 * What every role is meant to be able to do, written down a second time by hand: the pages of the roles are not asked. `read` unless
 * another action is named.
 */
const permitted: Readonly<Record<UserKey, string>> = {
  administrator: `RegionOverview Measure MetricRun start:MetricRun Organization create:Organization update:Organization Agreement
    create:Agreement Membership create:Membership update:Membership end:Membership Assignment create:Assignment end:Assignment
    SystemClient create:SystemClient end:SystemClient`,
  analyst: 'RegionOverview Measure MetricRun start:MetricRun MeasurePackage create:MeasurePackage start:MeasurePackage end:MeasurePackage',
  workforceManager: 'Assignment create:Assignment end:Assignment',
  identitySteward: '',
  auditor: 'AuditEvent export:AuditEvent AuditSeal Agreement Assignment Organization',
  careManager: `Chart Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Consent create:Consent end:Consent
    SensitiveConsent create:SensitiveConsent end:SensitiveConsent EmergencyAccess create:EmergencyAccess Assignment Measure`,
  careSupervisor: `Chart Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Consent create:Consent end:Consent
    SensitiveConsent create:SensitiveConsent end:SensitiveConsent EmergencyAccess create:EmergencyAccess Assignment Measure`,
  alderClinician: `Chart Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Disclosure PracticeOverview Consent
    create:Consent end:Consent SensitiveConsent create:SensitiveConsent end:SensitiveConsent ShareGrant create:ShareGrant end:ShareGrant EmergencyAccess create:EmergencyAccess Measure`,
  alderAdministrator: `Chart Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Disclosure PracticeOverview Consent
    create:Consent end:Consent SensitiveConsent create:SensitiveConsent end:SensitiveConsent ShareGrant create:ShareGrant end:ShareGrant EmergencyAccess create:EmergencyAccess
    update:EmergencyAccess Measure Agreement create:Agreement Membership create:Membership update:Membership end:Membership AuditEvent
    export:AuditEvent Assignment Organization Audience PatientSignIn create:PatientSignIn end:PatientSignIn`,
  alderQualityLead: 'Chart ClinicalRecord PracticeOverview Visibility Measure',
  alderStaff: 'Chart Identifiers Visibility Consent create:Consent PatientSignIn create:PatientSignIn end:PatientSignIn',
  alderPatient: 'Chart Identifiers ClinicalRecord SensitiveRecord Consent SensitiveConsent Visibility Disclosure',
  birchClinician: `Chart Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Disclosure PracticeOverview Consent
    create:Consent end:Consent SensitiveConsent create:SensitiveConsent end:SensitiveConsent ShareGrant create:ShareGrant end:ShareGrant EmergencyAccess create:EmergencyAccess Measure`,
  birchAdministrator: `Chart Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Disclosure PracticeOverview Consent
    create:Consent end:Consent SensitiveConsent create:SensitiveConsent end:SensitiveConsent ShareGrant create:ShareGrant end:ShareGrant EmergencyAccess create:EmergencyAccess
    update:EmergencyAccess Measure Agreement create:Agreement Membership create:Membership update:Membership end:Membership AuditEvent
    export:AuditEvent Assignment Organization Audience PatientSignIn create:PatientSignIn end:PatientSignIn`,
  pineAnalyst: 'Performance export:Performance Measure',
  quillAnalyst: 'Performance export:Performance Measure',
}

const everybody = ['read Account', 'update Account', 'end Account', 'read Directory']

export const mayDo = (user: UserKey, action: string, subject: string): boolean =>
  everybody.includes(`${action} ${subject}`) || permitted[user].split(/\s+/).includes(action === 'read' ? subject : `${action}:${subject}`)

/** Who opens a chart that another practice shared with the own one, and by which questions; everything else about it answers as if it were not there. */
const guests: readonly UserKey[] = [
  'alderClinician',
  'alderAdministrator',
  'alderQualityLead',
  'alderStaff',
  'birchClinician',
  'birchAdministrator',
]
export const opensShared = (user: UserKey, root: string): boolean =>
  guests.includes(user) && ['Query.patient', 'Query.whyVisible'].includes(root)
export const listsShared = (user: UserKey, root: string): boolean => guests.includes(user) && root === 'Query.sharedCharts'

/**
 * Of a consent on a chart of Alder, who may know that there is one. To care management: whoever reads consents. To sensitive records, where
 * the consent itself says whose records these are (42 CFR 2.13(c)): the practice's own who may read such records, the organization that it
 * opens them to, and the patient.
 */
export function knowsOfConsent(user: UserKey, { kind, to }: { kind: 'program' | 'sensitive'; to: 'alder' | 'birch' | 'body' }): boolean {
  if (kind === 'program') return mayDo(user, 'read', 'Consent')
  if (['alderClinician', 'alderAdministrator', 'alderPatient'].includes(user)) return true
  return ['careManager', 'careSupervisor'].includes(user) && to === 'body'
}
