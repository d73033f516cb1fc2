import { newId } from '@carecommons/kernel'
import type { TestApi } from '../../support/api.ts'
import type { PracticeKey, UserKey } from '../../support/world.ts'
import { type Planted, plantedId, SHARED_CHART } from './openings.ts'

/** `assigned`: of a practice that a care manager works for. `shared`: of a chart that another practice opened to the own one. */
export const relations = ['own', 'assigned', 'shared', 'foreign', 'missing'] as const
export type Relation = (typeof relations)[number]

/** Practices whose charts a user reaches, known by heart. */
export const reach: Readonly<Record<UserKey, readonly PracticeKey[]>> = {
  administrator: [],
  analyst: [],
  workforceManager: [],
  identitySteward: [],
  auditor: [],
  careManager: ['alder', 'birch'],
  careSupervisor: ['alder'],
  alderClinician: ['alder'],
  alderAdministrator: ['alder'],
  alderQualityLead: ['alder'],
  alderStaff: ['alder'],
  alderPatient: ['alder'],
  birchClinician: ['birch'],
  birchAdministrator: ['birch'],
  pineAnalyst: [],
  quillAnalyst: [],
}

const ofTheBody: readonly UserKey[] = ['administrator', 'analyst', 'workforceManager', 'identitySteward', 'auditor']
const assignedStaff: readonly UserKey[] = ['careManager', 'careSupervisor']

/** What each id argument names: a chart, an organization, a person's membership ... Every new one has to be said here. */
export const idKinds: Readonly<Record<string, IdKind>> = {
  'Query.patient.id': 'chart',
  'Query.run.id': 'run',
  'Query.deckCheck.id': 'of_the_analyst',
  'Query.auditEvents.filter.practiceId': 'organization',
  'Query.auditEvents.filter.patientId': 'chart',
  'Query.auditEvents.filter.userId': 'user',
  'Query.auditSummary.filter.practiceId': 'organization',
  'Query.auditSummary.filter.patientId': 'chart',
  'Query.auditSummary.filter.userId': 'user',
  'Query.disclosures.patientId': 'chart',
  'Query.chartLooks.patientId': 'chart',
  'Query.recordReaders.practiceId': 'organization',
  'Query.organization.id': 'organization',
  'Query.people.organizationId': 'organization',
  'Query.invitations.organizationId': 'organization',
  'Query.careAssignments.practiceId': 'organization',
  'Query.careAssignments.membershipId': 'membership',
  'Mutation.updateOrganization.input.id': 'organization',
  'Mutation.signAgreement.input.organizationId': 'organization',
  'Mutation.setPart2Program.input.id': 'organization',
  'Mutation.inviteMember.input.organizationId': 'organization',
  'Mutation.resendInvitation.id': 'invitation',
  'Mutation.withdrawInvitation.id': 'invitation',
  'Mutation.changeRole.input.membershipId': 'person',
  'Mutation.endMembership.id': 'person',
  'Mutation.assignCareManager.input.membershipId': 'membership',
  'Mutation.assignCareManager.input.practiceId': 'organization',
  'Mutation.endAssignment.id': 'care_assignment',
  'Mutation.registerSystem.input.organizationId': 'organization',
  'Mutation.endSystem.id': 'system_client',
  'Query.patientSignIn.patientId': 'chart',
  'Mutation.invitePatient.input.patientId': 'chart',
  'Mutation.endPatientSignIn.id': 'patient_sign_in',
  'Query.whyVisible.id': 'chart',
  'Query.whoCanSee.patientId': 'chart',
  'Mutation.recordConsent.input.patientId': 'chart',
  'Mutation.recordConsent.input.recipientId': 'recipient',
  'Mutation.endConsent.id': 'consent',
  'Mutation.shareChart.input.patientId': 'chart',
  'Mutation.shareChart.input.recipientId': 'recipient',
  'Mutation.endShareGrant.id': 'share_grant',
  'Mutation.breakGlass.input.practiceId': 'organization',
  'Mutation.openInEmergency.patientId': 'chart',
  'Mutation.contestEmergency.id': 'emergency_access',
  'Mutation.liftEmergencyBar.id': 'emergency_access',
  'Mutation.actAs.membershipId': 'person',
  'Mutation.endSession.id': 'session',
  'Mutation.removeAuthenticator.id': 'totp_authenticator',
}
export type IdKind =
  | 'chart'
  | 'organization'
  | 'recipient'
  | 'membership'
  | 'person'
  | 'user'
  | 'session'
  | 'totp_authenticator'
  | 'run'
  | 'of_the_analyst'
  | Planted

/** Which relations are worth asking for, of a user and the kinds of ids that a question takes. */
export function relationsOf(user: UserKey, kinds: readonly IdKind[]): readonly Relation[] {
  if (kinds.length === 0) return ['own']
  return relations.filter(
    (relation) =>
      (relation !== 'assigned' || assignedStaff.includes(user)) &&
      (relation !== 'shared' || kinds.some((kind) => kind === 'chart' || kind === 'share_grant')),
  )
}

/** An id of a kind that stands in a relation to the user. */
export async function idFor(api: TestApi, user: UserKey, kind: IdKind, relation: Relation): Promise<string> {
  // Whatever chart it is, it would be opened to the own practice.
  if (kind === 'recipient') return api.world.practices[reach[user][0] ?? 'alder']
  // What the region's analyst keeps belongs to no practice; her own tests read it.
  if (relation === 'missing' || kind === 'of_the_analyst') return newId()
  // To the coordinating body no practice and no run is foreign.
  if (relation === 'foreign' && ofTheBody.includes(user) && !['chart', 'session', 'totp_authenticator'].includes(kind)) return newId()
  if (relation === 'foreign' && kind === 'run') return newId()
  // An auditor finds whoever asked for any chart.
  if (user === 'auditor' && kind === 'chart' && relation !== 'own') return newId()
  const near = reach[user][0] ?? 'alder'
  // Cedar is nobody's here: foreign to everybody. It opened its second chart to the others.
  const far = relation === 'foreign' || (relation === 'shared' && (kind === 'chart' || kind === 'share_grant'))
  const practice: PracticeKey = far ? 'cedar' : relation === 'assigned' ? reach[user].at(-1)! : near
  const stranger: UserKey = near === 'birch' ? 'alderClinician' : 'birchClinician'
  const email = api.world.users[far ? stranger : user].email
  const one = async (sql: string, ...values: unknown[]) => ((await api.sql(sql, values))[0]?.['id'] as string | undefined) ?? newId()
  switch (kind) {
    case 'chart':
      return api.world.charts[practice][relation === 'shared' ? SHARED_CHART : 0]!
    case 'organization':
      return api.world.practices[practice]
    case 'run':
      return api.world.runId
    // Whoever ends a colleague here would take a caller of the other cases away: the own membership is refused in words.
    case 'person':
      return one('select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1', email)
    case 'user':
      return one('select id from app_user where email = $1', email)
    case 'session':
    case 'totp_authenticator':
      return one(`select s.id from ${kind} s join app_user u on u.id = s.user_id where u.email = $1 order by s.id limit 1`, email)
    case 'membership':
      return one('select id from membership where organization_id = $1 order by id limit 1', api.world.practices[practice])
    default:
      return plantedId(api, kind, practice, relation === 'shared' ? { openedTo: near } : {})
  }
}
