import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability'
import { clinician } from './roles/clinician.ts'
import { payerAnalyst } from './roles/payer-analyst.ts'
import { practiceAdministrator } from './roles/practice-administrator.ts'
import { regionAdministrator } from './roles/region-administrator.ts'
import type { Equalities } from './row-condition.ts'
import type { Scope } from './scope.ts'

export const actions = ['read', 'start', 'export'] as const
export type Action = (typeof actions)[number]

/** What can be acted on. Every root field of the API names one of these. */
export const subjects = ['Chart', 'PracticeOverview', 'RegionOverview', 'MetricRun', 'Measure', 'Performance', 'Directory'] as const
export type SubjectName = (typeof subjects)[number]

export type Ability = MongoAbility<[Action, SubjectName]>
/** Permits actions on a subject, on all its rows or on those whose fields equal the given values. */
export type Permit = (action: Action | Action[], subject: SubjectName, fields?: Equalities) => void

/** Who acts: one membership of one person. */
export interface Viewer {
  readonly userId: string
  readonly membershipId: string
  readonly role: RoleName
  readonly organizationId: string
}

/** One page per role: who it is, which database role stands behind it, what it may do. */
export interface RolePage {
  readonly title: string
  readonly organizationKind: 'coordinating-body' | 'practice' | 'payer'
  permits(can: Permit, viewer: Viewer): void
  scope(viewer: Viewer): Scope
}

export const rolePages = {
  'region-administrator': regionAdministrator,
  'practice-administrator': practiceAdministrator,
  clinician,
  'payer-analyst': payerAnalyst,
} satisfies Record<string, RolePage>

export type RoleName = keyof typeof rolePages

export const isRoleName = (name: string): name is RoleName => Object.hasOwn(rolePages, name)

/** What this viewer may do. Nothing that a role page does not permit is permitted. */
export function abilityFor(viewer: Viewer): Ability {
  const builder = new AbilityBuilder<MongoAbility>(createMongoAbility)
  rolePages[viewer.role].permits((action, subject, fields) => builder.can(action, subject, fields), viewer)
  return builder.build() as Ability
}

export const scopeFor = (viewer: Viewer): Scope => rolePages[viewer.role].scope(viewer)
