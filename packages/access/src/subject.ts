/** What can be done. */
export const actions = ['read', 'create', 'update', 'end', 'start', 'export'] as const
export type Action = (typeof actions)[number]

/** What can be acted on, with what it stands for: the words of the role table. Every root field of the API names one of these. */
export const subjectWords = {
  Account: 'the own sign-in: sessions, second factors, memberships',
  Directory: 'names of practices, payers, measures and roles',
  Organization: 'practices and payers as members of the region',
  Agreement: 'participation and data-use agreements',
  Membership: 'people, their roles and invitations',
  Assignment: 'which care manager works for which practice',
  Staff: 'shared staff: discipline, hours, credentials, training, and which discipline may do what',
  StaffNeed: 'what practices need of the shared staff, what there is of it, and the figures that both rest on',
  StaffShare: "one practice's need and share of the shared staff",
  Leave: 'when shared staff are away',
  Cover: 'who works for somebody who is away, and where',
  Handoff: 'what whoever goes on leave hands over to whoever covers',
  SystemClient: 'systems that sign in without a person',
  Chart: 'that a patient is here: name, birth date, registry row',
  Identifiers: 'record number, telephone, address, coverage',
  ClinicalRecord: 'problems, medicines, values, visits, gaps',
  Huddle: 'who is talked about in a huddle',
  SavedView: "own and shared views of the patients' list: filters and columns, nobody's name",
  Improvement: 'what a practice tries in order to get better; names no patient',
  ListExport: "files of the patients' list that somebody asked for",
  Caseload: 'who has which lead care manager, and who waits for one',
  RecordUpload: 'files of records that somebody of a practice sent, and what became of their lines',
  GapException: 'why a gap need not or cannot be closed',
  TierOverride: 'a clinician’s own word on a tier of risk',
  ClinicalNote: 'narrative notes',
  SensitiveRecord: 'rows under 42 CFR Part 2 and behavioral-health notes, where consent opens them',
  PatientSignIn: "patients' own sign-ins to their charts",
  Consent: 'what patients agreed to, sensitive records aside',
  SensitiveConsent: 'consents to sensitive records: that there is one tells of such records',
  ShareGrant: 'what practices opened to each other',
  EmergencyAccess: 'breaking the glass',
  Visibility: 'why a chart is visible',
  Audience: 'everybody to whom a chart is open now',
  Disclosure: "to whom a patient's record was disclosed",
  AuditEvent: 'who looked, who changed, who was refused',
  AuditSeal: 'the seals over the audit, and who could look',
  PracticeOverview: "one practice's figures",
  RegionOverview: "the region's figures by practice",
  MetricRun: 'metric runs',
  Registry: 'condition registries and risk models: what they count, by which version, and how many',
  Measure: 'the measure set in force',
  MeasurePackage: 'measure packages: loaded, tested, agreed on, retired',
  Performance: "a payer's suppressed figures",
  Intake: 'records sent by systems',
} as const

export type SubjectName = keyof typeof subjectWords
export const subjects = Object.keys(subjectWords) as SubjectName[]
