import { newId } from '@carecommons/kernel'
import type { Asker } from '../../support/standing-sessions.ts'
import type { PracticeKey, UserKey } from '../../support/world.ts'
import { type Behind, type Planted, plantedId, SHARED_CHART } from './openings.ts'

/** `assigned`: of a practice that a care manager works for. `shared`: of a chart that another practice opened to the own one. */
export const relations = ['own', 'assigned', 'shared', 'foreign', 'missing'] as const
export type Relation = (typeof relations)[number]

/** Practices whose charts a user reaches, known by heart. */
export const reach: Readonly<Record<Asker, readonly PracticeKey[]>> = {
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
  pineSystem: [],
  alderFeed: [],
}

export const ofTheBody: readonly Asker[] = ['administrator', 'analyst', 'workforceManager', 'identitySteward', 'auditor']
const assignedStaff: readonly Asker[] = ['careManager', 'careSupervisor']

/** What each id argument names: a chart, an organization, a person's membership ... Every new one has to be said here. */
export const idKinds: Readonly<Record<string, IdKind>> = {
  'Query.patient.id': 'chart',
  'Query.run.id': 'run',
  'Query.reason.patientId': 'chart',
  'Mutation.documentGapException.input.patientId': 'chart',
  'Mutation.addToHuddle.input.patientIds': 'chart',
  'Mutation.endHuddleEntry.id': 'huddle_entry',
  'Mutation.carryHuddleEntry.id': 'huddle_entry',
  'Mutation.askForExport.input.patientIds': 'chart',
  'Mutation.saveView.input.id': 'saved_view',
  'Mutation.withdrawView.id': 'saved_view',
  'Mutation.saveImprovementCycle.input.id': 'improvement_cycle',
  'Mutation.recordValue.input.patientId': 'chart',
  'Mutation.withdrawGapException.id': 'gap_exception',
  'Mutation.overrideTier.input.patientId': 'chart',
  'Mutation.overrideTier.input.replaces': 'tier_override',
  'Mutation.withdrawTierOverride.id': 'tier_override',
  'Query.deckCheck.id': 'deck_check',
  'Query.measureDraft.id': 'of_the_analyst',
  'Query.packageComparison.id': 'of_the_analyst',
  'Mutation.saveMeasureDraft.input.id': 'of_the_analyst',
  'Mutation.tryMeasureDraft.input.id': 'of_the_analyst',
  'Mutation.publishMeasureDraft.input.id': 'of_the_analyst',
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
  'Query.workCalendar.practiceId': 'organization',
  'Query.workCalendar.membershipId': 'membership',
  'Query.assignmentPreview.input.membershipId': 'membership',
  'Query.assignmentPreview.input.practiceId': 'organization',
  'Query.careAssignments.practiceId': 'organization',
  'Query.careAssignments.membershipId': 'membership',
  'Mutation.updateOrganization.input.id': 'organization',
  'Mutation.signAgreement.input.organizationId': 'organization',
  'Mutation.setPart2Program.input.id': 'organization',
  'Mutation.inviteMember.input.organizationId': 'organization',
  'Mutation.resendInvitation.id': 'invitation',
  'Mutation.withdrawInvitation.id': 'invitation',
  'Mutation.changeRole.input.membershipId': 'person',
  'Mutation.renamePerson.input.membershipId': 'person',
  'Mutation.renewSignIn.input.membershipId': 'person',
  'Mutation.renewPatientSignIn.input.id': 'patient_sign_in',
  'Mutation.labelAgain.id': 'organization',
  'Mutation.endMembership.id': 'person',
  'Mutation.assignCareManager.input.membershipId': 'membership',
  'Mutation.assignCareManager.input.practiceId': 'organization',
  'Mutation.endAssignment.id': 'care_assignment',
  'Query.sharedStaffMember.id': 'membership',
  'Query.staffPlan.id': 'unplanted',
  'Query.staffPlanPreview.id': 'unplanted',
  'Mutation.applyStaffPlan.id': 'unplanted',
  'Mutation.undoStaffPlan.id': 'unplanted',
  'Query.staffPlanBasis.wish.pins.staffId': 'membership',
  'Query.staffPlanBasis.wish.pins.practiceId': 'organization',
  'Query.staffPlanBasis.wish.forbids.staffId': 'membership',
  'Query.staffPlanBasis.wish.forbids.practiceId': 'organization',
  'Query.staffPlanBasis.wish.parts.practiceId': 'organization',
  'Mutation.proposeStaffPlan.wish.pins.staffId': 'membership',
  'Mutation.proposeStaffPlan.wish.pins.practiceId': 'organization',
  'Mutation.proposeStaffPlan.wish.forbids.staffId': 'membership',
  'Mutation.proposeStaffPlan.wish.forbids.practiceId': 'organization',
  'Mutation.proposeStaffPlan.wish.parts.practiceId': 'organization',
  'Mutation.recordStaff.input.id': 'membership',
  'Mutation.recordStaff.input.supervisorId': 'membership',
  'Mutation.recordCredential.input.staffId': 'membership',
  'Mutation.recordTraining.input.staffId': 'membership',
  'Mutation.endCredential.id': 'unplanted',
  'Mutation.requestLeave.input.staffId': 'membership',
  'Mutation.endLeave.id': 'unplanted',
  'Mutation.proposeCover.input.leaveId': 'unplanted',
  'Mutation.proposeCover.input.practiceId': 'organization',
  'Mutation.proposeCover.input.staffId': 'membership',
  'Mutation.answerCover.id': 'unplanted',
  'Mutation.withdrawCover.id': 'unplanted',
  'Mutation.writeHandoff.input.coverId': 'unplanted',
  'Mutation.acknowledgeHandoff.coverId': 'unplanted',
  'Query.caseload.practiceId': 'organization',
  'Query.caseload.leadId': 'membership',
  'Query.previewLead.input.cases.id': 'care_case',
  'Query.previewLead.input.leadId': 'membership',
  'Mutation.openCases.input.patientIds': 'chart',
  'Mutation.assignLead.input.cases.id': 'care_case',
  'Mutation.assignLead.input.leadId': 'membership',
  'Mutation.takeCases.cases.id': 'care_case',
  'Mutation.closeCase.input.id': 'care_case',
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
  'Mutation.liftEmergencyBar.id': 'contested_emergency',
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
  | 'deck_check'
  | 'of_the_analyst'
  | 'unplanted'
  | Planted

/** Kinds of ids that stand for records of people: of whoever keeps them, and of nobody else. */
export const ofRecords: readonly IdKind[] = [
  'chart',
  'recipient',
  'consent',
  'patient_sign_in',
  'share_grant',
  'emergency_access',
  'contested_emergency',
  'session',
  'totp_authenticator',
  'person',
]

interface Asked {
  readonly kinds: readonly IdKind[]
  readonly isOfAccount: boolean
  /** Whether the role is meant to ask this. */
  readonly isPermitted: boolean
}

/** Which relations are worth asking for, of a user and the kinds of ids that a question takes. */
export function relationsOf(user: Asker, { kinds, isOfAccount, isPermitted }: Asked): readonly Relation[] {
  if (kinds.length === 0) return ['own']
  return relations.filter((relation) => {
    // An auditor finds whoever asked for any chart.
    if (user === 'auditor' && isPermitted && !isOfAccount && ['foreign', 'shared'].includes(relation)) return false
    if (relation === 'assigned') return assignedStaff.includes(user)
    if (relation === 'shared') return kinds.some((kind) => kind === 'chart' || kind === 'share_grant')
    // To those of the coordinating body who may ask, no practice, nobody's membership and no run is foreign.
    if (relation === 'foreign' && ofTheBody.includes(user) && isPermitted && !isOfAccount)
      return kinds.every((kind) => ofRecords.includes(kind) && kind !== 'person')
    return true
  })
}

/** An id of a kind that stands in a relation to the user. What is foreign is there, and another's. */
export async function idFor(api: Behind, user: Asker, kind: IdKind, relation: Relation): Promise<string> {
  // Whatever chart it is, it would be opened to the own practice.
  if (kind === 'recipient') return api.world.practices[reach[user][0] ?? 'alder']
  if (relation === 'missing') return newId()
  const near = reach[user][0] ?? 'alder'
  // Cedar is nobody's here: foreign to everybody. It opened its second chart to the others.
  const far = relation === 'foreign' || (relation === 'shared' && (kind === 'chart' || kind === 'share_grant'))
  const practice: PracticeKey = far ? 'cedar' : relation === 'assigned' ? reach[user].at(-1)! : near
  const stranger: UserKey = near === 'birch' ? 'alderClinician' : 'birchClinician'
  const asked = far ? stranger : user
  const email = asked in api.world.users ? api.world.users[asked as UserKey].email : `${asked}@systems.invalid`
  const one = async (sql: string, ...values: unknown[]) => ((await api.sql(sql, values))[0]?.['id'] as string | undefined) ?? newId()
  switch (kind) {
    case 'chart':
      return api.world.charts[practice][relation === 'shared' ? SHARED_CHART : 0]!
    case 'organization':
      return api.world.practices[practice]
    // Drafts and comparisons of the region's analyst: there is none, her own suites make them.
    case 'of_the_analyst':
    // Of the shared staff: their own suites make them (access/leave-walls, contract/staff).
    case 'unplanted':
      return newId()
    // Of the region, there is one.
    case 'deck_check':
      return one('select id from deck_check limit 1')
    case 'run':
      return far ? one(`select id from metric_run where state = 'failed'`) : api.world.runId
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
