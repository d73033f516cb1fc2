import { newId } from '@carecommons/kernel'
import type { TestApi } from '../../support/api.ts'
import type { PracticeKey, UserKey } from '../../support/world.ts'

export const relations = ['own', 'foreign', 'missing'] as const
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

/** What each id argument names: a chart, an organization, a person's membership ... Every new one has to be said here. */
export const idKinds: Readonly<Record<string, IdKind>> = {
  'Query.patient.id': 'chart',
  'Query.run.id': 'run',
  'Query.auditEvents.filter.practiceId': 'organization',
  'Query.auditEvents.filter.patientId': 'chart',
  'Query.auditEvents.filter.userId': 'nothing yet',
  'Query.auditSummary.filter.practiceId': 'organization',
  'Query.auditSummary.filter.patientId': 'chart',
  'Query.auditSummary.filter.userId': 'nothing yet',
  'Query.disclosures.patientId': 'chart',
  'Query.recordReaders.practiceId': 'organization',
  'Query.organization.id': 'organization',
  'Query.people.organizationId': 'organization',
  'Query.invitations.organizationId': 'organization',
  'Query.careAssignments.practiceId': 'organization',
  'Query.careAssignments.membershipId': 'membership',
  'Mutation.updateOrganization.input.id': 'organization',
  'Mutation.signAgreement.input.organizationId': 'organization',
  'Mutation.inviteMember.input.organizationId': 'organization',
  'Mutation.resendInvitation.id': 'nothing yet',
  'Mutation.withdrawInvitation.id': 'nothing yet',
  'Mutation.changeRole.input.membershipId': 'person',
  'Mutation.endMembership.id': 'person',
  'Mutation.assignCareManager.input.membershipId': 'membership',
  'Mutation.assignCareManager.input.practiceId': 'organization',
  'Mutation.endAssignment.id': 'nothing yet',
  'Mutation.registerSystem.input.organizationId': 'organization',
  'Mutation.endSystem.id': 'nothing yet',
}
export type IdKind = 'chart' | 'organization' | 'membership' | 'person' | 'run' | 'nothing yet'

/** An id of a kind that belongs to the user's own practice, to another, or to nobody. `n` picks among several. */
export async function idFor(api: TestApi, user: UserKey, kind: IdKind, relation: Relation): Promise<string> {
  if (relation === 'missing' || kind === 'nothing yet') return newId()
  // To the coordinating body no practice and no run is foreign.
  if (relation === 'foreign' && kind !== 'chart' && ofTheBody.includes(user)) return newId()
  if (relation === 'foreign' && kind === 'run') return newId()
  const near = reach[user][0] ?? 'alder'
  // Cedar is nobody's here: foreign to everybody.
  const practice: PracticeKey = relation === 'own' ? near : 'cedar'
  switch (kind) {
    case 'chart':
      return api.world.charts[practice][0]!
    case 'organization':
      return api.world.practices[practice]
    case 'run':
      return api.world.runId
    // Whoever ends a colleague here would take a caller of the other cases away: the own membership is refused in words.
    case 'person': {
      const whose: UserKey = relation === 'own' ? user : near === 'birch' ? 'alderClinician' : 'birchClinician'
      const [row] = await api.sql('select m.id from membership m join app_user u on u.id = m.user_id where u.email = $1', [
        api.world.users[whose].email,
      ])
      return row!['id'] as string
    }
    case 'membership': {
      const [row] = await api.sql('select id from membership where organization_id = $1 order by id limit 1', [
        api.world.practices[practice],
      ])
      return (row?.['id'] as string | undefined) ?? newId()
    }
  }
}
