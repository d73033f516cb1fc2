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
  'Mutation.setPart2Program.input.id': 'organization',
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
  'Query.whyVisible.id': 'chart',
  'Query.whoCanSee.patientId': 'chart',
  'Mutation.recordConsent.input.patientId': 'chart',
  'Mutation.recordConsent.input.recipientId': 'organization',
  'Mutation.endConsent.id': 'consent',
  'Mutation.shareChart.input.patientId': 'chart',
  'Mutation.shareChart.input.recipientId': 'organization',
  'Mutation.endShareGrant.id': 'share_grant',
  'Mutation.breakGlass.input.practiceId': 'organization',
  'Mutation.openInEmergency.patientId': 'chart',
  'Mutation.contestEmergency.id': 'emergency_access',
}
export type IdKind = 'chart' | 'organization' | 'membership' | 'person' | 'run' | Planted | 'nothing yet'

type Planted = 'consent' | 'share_grant' | 'emergency_access'

/** A consent, a grant that has ended and an emergency that is over, of the first chart of every practice: ids that name something. */
export async function plantOpenings(api: TestApi): Promise<void> {
  const { practices, charts, coordinatingBody } = api.world
  for (const key of Object.keys(practices) as PracticeKey[]) {
    const [own, chart] = [practices[key], charts[key][0]]
    await api.sql(
      `insert into consent (id, practice_id, patient_id, kind, recipient_id, manner, given_by, given_as, given_on, scope, recorded_by, recorded_by_name,
                            recorded_at, idempotency_key)
       values (gen_random_uuid(), $1, $2, 'program', $3, 'verbal', 'x', 'patient', '2026-01-01', 'x', gen_random_uuid(), 'x', now(), 'planted')`,
      [own, chart, coordinatingBody],
    )
    await api.sql(
      `insert into share_grant (id, practice_id, patient_id, recipient_id, categories, types, basis, expires_at, granted_by, granted_by_name,
                                granted_at, ended_at, idempotency_key)
       values (gen_random_uuid(), $1, $2, $3, '{problems}', '{Condition}', 'treatment', '2099-01-01', gen_random_uuid(), 'x', now(), now(), 'planted')`,
      [own, chart, key === 'alder' ? practices.birch : practices.alder],
    )
    await api.sql(
      `insert into emergency_access (id, practice_id, patient_id, user_id, membership_id, user_name, organization_id, reason, opened_at, expires_at)
       select gen_random_uuid(), $1, $2, user_id, id, 'x', organization_id, 'x', now() - interval '2 days', now() - interval '1 day'
         from membership order by id limit 1`,
      [own, chart],
    )
  }
}

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
    case 'consent':
    case 'share_grant':
    case 'emergency_access': {
      const [row] = await api.sql(`select id from ${kind} where practice_id = $1 order by id limit 1`, [api.world.practices[practice]])
      return row!['id'] as string
    }
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
