import type { Asker } from '../../support/standing-sessions.ts'

/**
 * What every role is meant to be able to do, written down a second time by hand: the pages of the roles are not asked. `read` unless
 * another action is named.
 */
const permitted: Readonly<Record<Asker, string>> = {
  administrator: `RegionOverview Measure Registry MetricRun start:MetricRun Organization create:Organization update:Organization Agreement
    create:Agreement Membership create:Membership update:Membership end:Membership Assignment create:Assignment end:Assignment
    Staff update:Staff StaffNeed update:StaffNeed Leave create:Leave end:Leave Cover create:Cover end:Cover SystemClient create:SystemClient end:SystemClient`,
  analyst:
    'RegionOverview Measure Registry MetricRun start:MetricRun MeasurePackage create:MeasurePackage start:MeasurePackage end:MeasurePackage start:Registry end:Registry',
  workforceManager:
    'Assignment create:Assignment end:Assignment Staff update:Staff StaffNeed update:StaffNeed StaffPlan create:StaffPlan start:StaffPlan end:StaffPlan Leave create:Leave end:Leave Cover create:Cover end:Cover Caseload update:Caseload',
  identitySteward: '',
  auditor: 'AuditEvent export:AuditEvent AuditSeal Agreement Assignment Organization',
  careManager: `Chart Caseload create:Caseload start:Caseload end:Caseload export:Chart ListExport create:ListExport Huddle create:Huddle end:Huddle SavedView create:SavedView update:SavedView end:SavedView Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Consent create:Consent end:Consent
    SensitiveConsent create:SensitiveConsent end:SensitiveConsent EmergencyAccess create:EmergencyAccess Assignment Staff Leave create:Leave end:Leave Cover update:Cover Handoff create:Handoff update:Handoff
    Measure Registry`,
  careSupervisor: `Chart Caseload create:Caseload update:Caseload start:Caseload end:Caseload export:Chart ListExport create:ListExport Huddle create:Huddle end:Huddle SavedView create:SavedView update:SavedView end:SavedView Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Consent create:Consent end:Consent
    SensitiveConsent create:SensitiveConsent end:SensitiveConsent EmergencyAccess create:EmergencyAccess Assignment Staff Leave create:Leave end:Leave Cover update:Cover Handoff create:Handoff update:Handoff
    Measure Registry`,
  alderClinician: `Chart Caseload create:Caseload end:Caseload export:Chart ListExport create:ListExport create:ClinicalRecord create:GapException end:GapException create:TierOverride end:TierOverride Huddle create:Huddle end:Huddle Improvement create:Improvement SavedView create:SavedView update:SavedView end:SavedView Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Disclosure PracticeOverview StaffShare Consent
    create:Consent end:Consent SensitiveConsent create:SensitiveConsent end:SensitiveConsent ShareGrant create:ShareGrant end:ShareGrant EmergencyAccess create:EmergencyAccess Measure Registry`,
  alderAdministrator: `Chart Caseload create:Caseload end:Caseload export:Chart ListExport create:ListExport create:ClinicalRecord create:GapException end:GapException create:TierOverride end:TierOverride Huddle create:Huddle end:Huddle Improvement create:Improvement SavedView create:SavedView update:SavedView end:SavedView Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Disclosure PracticeOverview StaffShare Consent
    create:Consent end:Consent SensitiveConsent create:SensitiveConsent end:SensitiveConsent ShareGrant create:ShareGrant end:ShareGrant EmergencyAccess create:EmergencyAccess
    update:EmergencyAccess Measure Registry Agreement create:Agreement Membership create:Membership update:Membership end:Membership AuditEvent
    export:AuditEvent RecordUpload create:RecordUpload Assignment Organization Audience PatientSignIn create:PatientSignIn end:PatientSignIn`,
  alderQualityLead:
    'Chart Caseload Huddle create:Huddle end:Huddle Improvement create:Improvement SavedView create:SavedView update:SavedView end:SavedView ClinicalRecord PracticeOverview StaffShare Visibility Measure Registry',
  alderStaff:
    'Chart Huddle SavedView create:SavedView update:SavedView end:SavedView Identifiers Visibility Consent create:Consent PatientSignIn create:PatientSignIn end:PatientSignIn',
  alderPatient: 'Chart Identifiers ClinicalRecord SensitiveRecord Consent SensitiveConsent Visibility Disclosure',
  birchClinician: `Chart Caseload create:Caseload end:Caseload export:Chart ListExport create:ListExport create:ClinicalRecord create:GapException end:GapException create:TierOverride end:TierOverride Huddle create:Huddle end:Huddle Improvement create:Improvement SavedView create:SavedView update:SavedView end:SavedView Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Disclosure PracticeOverview StaffShare Consent
    create:Consent end:Consent SensitiveConsent create:SensitiveConsent end:SensitiveConsent ShareGrant create:ShareGrant end:ShareGrant EmergencyAccess create:EmergencyAccess Measure Registry`,
  birchAdministrator: `Chart Caseload create:Caseload end:Caseload export:Chart ListExport create:ListExport create:ClinicalRecord create:GapException end:GapException create:TierOverride end:TierOverride Huddle create:Huddle end:Huddle Improvement create:Improvement SavedView create:SavedView update:SavedView end:SavedView Identifiers ClinicalRecord ClinicalNote SensitiveRecord Visibility Disclosure PracticeOverview StaffShare Consent
    create:Consent end:Consent SensitiveConsent create:SensitiveConsent end:SensitiveConsent ShareGrant create:ShareGrant end:ShareGrant EmergencyAccess create:EmergencyAccess
    update:EmergencyAccess Measure Registry Agreement create:Agreement Membership create:Membership update:Membership end:Membership AuditEvent
    export:AuditEvent RecordUpload create:RecordUpload Assignment Organization Audience PatientSignIn create:PatientSignIn end:PatientSignIn`,
  pineAnalyst: 'Performance export:Performance Measure',
  quillAnalyst: 'Performance export:Performance Measure',
  pineSystem: 'Performance export:Performance Measure',
  alderFeed: 'create:Intake',
}

const everybody = ['read Account', 'update Account', 'end Account', 'read Directory']
const isPerson = (user: Asker): boolean => !['pineSystem', 'alderFeed'].includes(user)
const isIn = (words: string, action: string, subject: string): boolean =>
  words.split(/\s+/).includes(action === 'read' ? subject : `${action}:${subject}`)

export const mayDo = (user: Asker, action: string, subject: string): boolean =>
  (isPerson(user) && everybody.includes(`${action} ${subject}`)) || isIn(permitted[user], action, subject)

/** What row-level security alone lets the database role behind somebody meet: it tells practices and patients apart, not jobs in an organization. */
const behind: readonly (readonly [readonly Asker[], string])[] = [
  [
    ['administrator', 'analyst', 'workforceManager', 'identitySteward'],
    'RegionOverview MetricRun MeasurePackage Membership Agreement Assignment SystemClient Registry',
  ],
  [['workforceManager'], 'Caseload'],
  [['auditor'], 'AuditEvent Agreement Assignment SystemClient'],
  [
    ['careManager', 'careSupervisor'],
    'Chart Caseload Huddle SavedView ListExport ClinicalRecord Consent ShareGrant EmergencyAccess Assignment MetricRun PracticeOverview Registry',
  ],
  [
    ['alderClinician', 'alderAdministrator', 'alderQualityLead', 'alderStaff', 'birchClinician', 'birchAdministrator'],
    `Chart Caseload Huddle Improvement SavedView ListExport RecordUpload ClinicalRecord Consent ShareGrant EmergencyAccess update:EmergencyAccess Membership Agreement Assignment Audience AuditEvent Disclosure MetricRun
     PracticeOverview PatientSignIn Registry`,
  ],
  // Whose pages open sensitive records, the session says.
  [['alderClinician', 'alderAdministrator', 'birchClinician', 'birchAdministrator', 'alderPatient'], 'SensitiveConsent'],
  [['alderPatient'], 'Chart ClinicalRecord Consent ShareGrant EmergencyAccess Disclosure MetricRun Registry'],
  [['pineAnalyst', 'quillAnalyst', 'pineSystem'], 'MetricRun'],
]
export const mayMeet = (user: Asker, action: string, subject: string): boolean =>
  behind.some(([users, words]) => users.includes(user) && isIn(words, action, subject))

/** Who opens a chart that another practice shared with the own one, and by which questions; everything else about it answers as if it were not there. */
const guests: readonly Asker[] = [
  'alderClinician',
  'alderAdministrator',
  'alderQualityLead',
  'alderStaff',
  'birchClinician',
  'birchAdministrator',
]
export const opensShared = (user: Asker, root: string): boolean =>
  guests.includes(user) && ['Query.patient', 'Query.whyVisible'].includes(root)
export const listsShared = (user: Asker, root: string): boolean => guests.includes(user) && root === 'Query.sharedCharts'

/**
 * Of a consent on a chart of Alder, who may know that there is one. To care management: whoever reads consents. To sensitive records, where
 * the consent itself says whose records these are (42 CFR 2.13(c)): the practice's own who may read such records, the organization that it
 * opens them to, and the patient.
 */
export function knowsOfConsent(user: Asker, { kind, to }: { kind: 'program' | 'sensitive'; to: 'alder' | 'birch' | 'body' }): boolean {
  if (kind === 'program') return mayDo(user, 'read', 'Consent')
  if (['alderClinician', 'alderAdministrator', 'alderPatient'].includes(user)) return true
  return ['careManager', 'careSupervisor'].includes(user) && to === 'body'
}
