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
}
export type IdKind = 'chart' | 'organization' | 'membership' | 'run' | 'nothing yet'

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
    case 'membership': {
      const [row] = await api.sql('select id from membership where organization_id = $1 order by id limit 1', [
        api.world.practices[practice],
      ])
      return (row?.['id'] as string | undefined) ?? newId()
    }
  }
}
