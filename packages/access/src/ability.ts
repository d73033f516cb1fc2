import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability'
import { acting } from './roles/acting.ts'
import { auditor } from './roles/auditor.ts'
import { careManager } from './roles/care-manager.ts'
import { careSupervisor } from './roles/care-supervisor.ts'
import { clinician } from './roles/clinician.ts'
import { feedSystem } from './roles/feed-system.ts'
import { identitySteward } from './roles/identity-steward.ts'
import { patient } from './roles/patient.ts'
import { payerAnalyst } from './roles/payer-analyst.ts'
import { payerSystem } from './roles/payer-system.ts'
import { practiceAdministrator } from './roles/practice-administrator.ts'
import { practiceQualityLead } from './roles/practice-quality-lead.ts'
import { practiceStaff } from './roles/practice-staff.ts'
import { regionAdministrator } from './roles/region-administrator.ts'
import { regionAnalyst } from './roles/region-analyst.ts'
import { workforceManager } from './roles/workforce-manager.ts'
import type { Equalities } from './row-condition.ts'
import type { Scope } from './scope.ts'
import type { Action, SubjectName } from './subject.ts'
import { scopesOpen } from './system-scopes.ts'
import type { Viewer } from './viewer.ts'

export type Ability = MongoAbility<[Action, SubjectName]>
/** Permits actions on subjects, on all their rows or on those whose fields equal the given values. */
export type Permit = (action: Action | readonly Action[], subject: SubjectName | readonly SubjectName[], fields?: Equalities) => void

/** One page per role: who it is, which database role stands behind it, what it may do. */
export interface RolePage {
  readonly title: string
  readonly organizationKind: 'coordinating-body' | 'practice' | 'payer'
  /** What signs in: a person with a password or passkey, or a program with its key. */
  readonly holder: 'person' | 'system'
  permits(can: Permit, viewer: Viewer): void
  scope(viewer: Viewer): Scope
}

export const rolePages = {
  'region-administrator': regionAdministrator,
  'region-analyst': regionAnalyst,
  'workforce-manager': workforceManager,
  'identity-steward': identitySteward,
  'care-supervisor': careSupervisor,
  'care-manager': careManager,
  auditor,
  'practice-administrator': practiceAdministrator,
  clinician,
  'practice-quality-lead': practiceQualityLead,
  'practice-staff': practiceStaff,
  patient,
  'payer-analyst': payerAnalyst,
  'payer-system': payerSystem,
  'feed-system': feedSystem,
} satisfies Record<string, RolePage>

export type RoleName = keyof typeof rolePages
export const roleNames = Object.keys(rolePages) as RoleName[]

export const isRoleName = (name: string): name is RoleName => Object.hasOwn(rolePages, name)

/** What this viewer may do. Nothing that a role page does not permit is permitted. */
export function abilityFor(viewer: Viewer): Ability {
  const builder = new AbilityBuilder<MongoAbility>(createMongoAbility)
  const can: Permit = (action, subject, fields) => void builder.can([action].flat() as string[], [subject].flat() as string[], fields)
  const page = rolePages[viewer.role]
  if (page.holder === 'system') {
    page.permits(narrowed(can, viewer), viewer)
  } else {
    can(['read', 'update', 'end'], 'Account')
    can('read', 'Directory')
    page.permits(can, viewer)
  }
  return builder.build() as Ability
}

/** A system gets what its role permits and its token was asked for. */
const narrowed =
  (can: Permit, { scopes = [] }: Viewer): Permit =>
  (action, subject, fields) => {
    for (const one of [subject].flat() as SubjectName[])
      for (const act of [action].flat() as Action[]) if (scopesOpen(scopes, act, one)) can(act, one, fields)
  }

/** The scope says whether the page permits sensitive rows at all, so that row-level security holds what the page says. */
export function scopeFor(viewer: Viewer): Scope {
  const page = rolePages[viewer.role]
  return { ...page.scope(viewer), opensSensitive: permitsReading(page, viewer, 'SensitiveRecord') } as Scope
}

/** The scope that reads one chart outside of the own reach. */
export const guestScope = (viewer: Viewer, chart: { readonly practiceId: string; readonly patientId: string }): Scope => ({
  kind: 'grantee',
  ...chart,
  ...acting(viewer),
  opensSensitive: permitsReading(rolePages[viewer.role], viewer, 'SensitiveRecord'),
})

const permitsReading = (page: RolePage, viewer: Viewer, asked: SubjectName): boolean => permits(page, viewer, 'read', asked)

function permits(page: RolePage, viewer: Viewer, wanted: Action, asked: SubjectName): boolean {
  let found = false
  page.permits((action, subject) => void (found ||= [action].flat().includes(wanted) && [subject].flat().includes(asked)), viewer)
  return found
}

/** Roles whose page permits this on any rows at all. */
export const rolesThatMay = (action: Action, subject: SubjectName): readonly RoleName[] =>
  roleNames.filter((role) => permits(rolePages[role], { ...ANYBODY, role }, action, subject))
const ANYBODY = { userId: '', membershipId: '', organizationId: '', practiceIds: [], patientId: '-' }

/** What the viewer may do with one chart outside of the own reach: at most what the own role may do with its charts. */
export function guestAbility(viewer: Viewer, chart: { readonly practiceId: string; readonly patientId: string }): Ability {
  const builder = new AbilityBuilder<MongoAbility>(createMongoAbility)
  const own = abilityFor(viewer)
  for (const subject of GUEST_SUBJECTS) if (own.can('read', subject)) builder.can('read', subject, { ...chart })
  return builder.build() as Ability
}

const GUEST_SUBJECTS = ['Chart', 'ClinicalRecord', 'SensitiveRecord'] as const
