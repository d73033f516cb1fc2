import type { PracticeKey } from '../../support/world.ts'
import { FIGURES, SHARED_CHART } from './openings.ts'
import { listsShared, opensShared } from './permitted.ts'
import { ofTheBody, reach, type Relation } from './relations.ts'
import type { Asker } from '../../support/standing-sessions.ts'
import type { Ledger, Row } from './ledger.ts'

export interface Question {
  readonly user: Asker
  /** `Query.patient` */
  readonly root: string
  readonly relation: Relation
  /** What it asked for says nothing when it stands in the answer. */
  readonly ids: readonly string[]
  /** What the walls that stand let somebody do: `mayDo`, or `mayMeet` where the doors are open. */
  readonly may: (user: Asker, action: string, subject: string) => boolean
}

/**
 * What an answer tells of rows that whoever asked is not meant to meet, said by hand and in full: their ids, and the canaries in their words,
 * names and figures. The pages of the roles and the policies are not asked.
 */
export function foreignIn(text: string, question: Question, ledger: Ledger): readonly string[] {
  const found = new Set<string>()
  for (const [whole, kind, id] of text.toLowerCase().matchAll(/(?:canary:(\w+):)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/g)) {
    const row = ledger.rows.get(kind === 'agreement' ? `agreement:${id}` : id!)
    if (kind === 'totp_authenticator' && ledger.ofUser(question.user).id === id) continue
    if (kind === undefined ? row && !question.ids.includes(id!) && !isNamedTo(question, row, ledger) : !isReadBy(question, row, kind))
      found.add(row ? `${whole} of ${row.owner}` : whole)
  }
  for (const [name, practice, chart] of text.toLowerCase().matchAll(/canary(alder|birch|cedar)(\d\d)?/g))
    if (!readsChart(question, practice as PracticeKey, chart === undefined ? null : Number(chart))) found.add(name)
  for (const [email] of text.toLowerCase().matchAll(/[\w.:-]+@[\w.-]+/g)) {
    const at = ledger.emails.get(email)
    if (at && !knowsPerson(question, email, at, ledger)) found.add(email)
  }
  for (const [practice, digits] of Object.entries(FIGURES))
    if (text.includes(digits) && !readsFigures(question, practice as PracticeKey)) found.add(`figures of ${practice}`)
  if (question.user !== 'quillAnalyst' && /77777|44444/.test(text)) found.add('figures of quill')
  // Labelled records are of nobody's who has no consent; patients read their own.
  if (/secret(substance|behavior)/i.test(text) && question.user !== 'alderPatient') found.add('labelled records')
  return [...found].sort()
}

const reaches = (user: Asker, owner: Row['owner']): boolean => reach[user].some((practice) => practice === owner)
const isBody = (user: Asker): boolean => ofTheBody.includes(user)

/** Of alder's charts the patient reads the first, her own. */
function readsChart({ user, root, relation, may }: Question, practice: PracticeKey, chart: number | null): boolean {
  if (practice === 'cedar' && chart === SHARED_CHART && ((relation === 'shared' && opensShared(user, root)) || listsShared(user, root)))
    return true
  return may(user, 'read', 'Chart') && reaches(user, practice) && (user !== 'alderPatient' || chart === 0 || chart === null)
}

const readsFigures = ({ user, may }: Question, practice: PracticeKey): boolean =>
  may(user, 'read', 'RegionOverview') || (reaches(user, practice) && (may(user, 'read', 'PracticeOverview') || may(user, 'read', 'Chart')))

function knowsPerson({ user, may }: Question, email: string, at: Row['owner'], { ofUser }: Ledger): boolean {
  // That somebody is a patient is the practice's to know.
  if (email === ofUser('alderPatient').email) return user === 'alderPatient' || (may(user, 'read', 'PatientSignIn') && reaches(user, at))
  return ofUser(user).email === email || (may(user, 'read', 'Membership') && (isBody(user) || reaches(user, at)))
}

/** Whose words are whose to read. */
function isReadBy(question: Question, row: Row | undefined, kind: string): boolean {
  const { user, root, relation, may } = question
  if (!row) return false
  switch (kind) {
    case 'patient':
      return readsChart(question, row.owner as PracticeKey, row.chartNumber)
    case 'consent':
      // That there is a consent to sensitive records says of whom there are such records.
      if (row.state === 'sensitive' && ['careManager', 'careSupervisor'].includes(user)) return false
      return (
        may(user, 'read', row.state === 'sensitive' ? 'SensitiveConsent' : 'Consent') &&
        readsChart(question, row.owner as PracticeKey, row.chartNumber)
      )
    case 'huddle_entry':
      return may(user, 'read', 'Huddle') && reaches(user, row.owner)
    case 'list_export':
      return may(user, 'read', 'ListExport') && row.by === user
    case 'care_case':
      return may(user, 'read', 'Caseload') && (user === 'workforceManager' || reaches(user, row.owner))
    case 'record_upload':
      return may(user, 'read', 'RecordUpload') && reaches(user, row.owner)
    case 'saved_view':
      return may(user, 'read', 'SavedView') && (row.by === user || (row.state === 'practice' && reaches(user, row.owner)))
    case 'improvement_cycle':
      return may(user, 'read', 'Improvement') && reaches(user, row.owner)
    case 'gap_exception':
    case 'tier_override':
      return may(user, 'read', 'ClinicalRecord') && readsChart(question, row.owner as PracticeKey, row.chartNumber)
    case 'share_grant':
      return may(user, 'read', 'ShareGrant') && reaches(user, row.owner)
    case 'emergency_access':
      return (
        (may(user, 'read', 'EmergencyAccess') &&
          (row.by === user || (user === 'alderPatient' && readsChart(question, row.owner as PracticeKey, row.chartNumber)))) ||
        (may(user, 'update', 'EmergencyAccess') && reaches(user, row.owner))
      )
    case 'invitation':
      // Of a patient: to her own chart.
      if (row.chart) return may(user, 'read', 'PatientSignIn') && reaches(user, row.owner)
      return may(user, 'read', 'Membership') && (isBody(user) || reaches(user, row.owner))
    case 'agreement':
      return may(user, 'read', 'Agreement') && (isBody(user) || reaches(user, row.owner))
    case 'care_assignment':
      return (
        may(user, 'read', 'Assignment') && (isBody(user) || row.by === user || (may(user, 'read', 'Audience') && reaches(user, row.owner)))
      )
    case 'system_client':
      return may(user, 'read', 'SystemClient')
    case 'metric_run':
      return may(user, 'read', 'MetricRun')
    case 'deck_check':
      return may(user, 'read', 'MeasurePackage')
    case 'audit_event':
      return (
        (may(user, 'read', 'AuditEvent') && (isBody(user) || reaches(user, row.owner))) ||
        // Of her own chart the patient sees that somebody looked.
        (root === 'Query.ownLooks' && user === 'alderPatient' && row.owner === 'alder' && row.chartNumber === 0) ||
        (root === 'Query.disclosures' && relation !== 'foreign' && may(user, 'read', 'Disclosure') && reaches(user, row.owner))
      )
    default:
      return false
  }
}

/** An id alone says less than its row's words, and some lists name more than they open. */
function isNamedTo(question: Question, row: Row, ledger: Ledger): boolean {
  const { user, root, may } = question
  if (isReadBy(question, row, row.kind)) return true
  switch (row.kind) {
    case 'patient':
      // The audit names what was asked for, and an emergency the chart that was opened.
      return (
        (root.startsWith('Query.audit') && may(user, 'read', 'AuditEvent')) ||
        (/emergenc|breakGlass/i.test(root) &&
          [...ledger.rows.values()].some((one) => one.chart === row.id && isReadBy(question, one, one.kind)))
      )
    case 'share_grant':
      return listsShared(user, root) && reaches(user, row.to)
    case 'metric_run':
      // The version of published figures.
      return row.state === 'published'
    default:
      return false
  }
}
