import { type RoleName, roleNames, rolePages } from './ability.ts'
import type { RolePage } from './ability.ts'

/** Who wants to give a role, and under which organization they act. */
interface Granter {
  readonly role: RoleName
  readonly organizationId: string
}

interface Workplace {
  readonly id: string
  readonly kind: string
  /** Somebody administers it, or was asked to. */
  readonly hasAdministrator: boolean
}

/** The role that manages the people of such an organization; payers are managed by the region. */
export const administratorRoles: Readonly<Record<RolePage['organizationKind'], RoleName | null>> = {
  'coordinating-body': 'region-administrator',
  practice: 'practice-administrator',
  payer: null,
}

/**
 * Roles that somebody may give, or take over to, in an organization. A practice's people are its own administrator's to choose: the
 * region asks in the first administrator and nobody after, so that it cannot let itself in to charts. Patients and systems are no
 * staff and come in by other ways.
 */
export function grantableRoles(granter: Granter, { id, kind, hasAdministrator }: Workplace): readonly RoleName[] {
  const here = roleNames.filter(
    (name) => rolePages[name].organizationKind === kind && rolePages[name].holder === 'person' && name !== 'patient',
  )
  if (granter.role === 'practice-administrator') return kind === 'practice' && id === granter.organizationId ? here : []
  if (granter.role !== 'region-administrator') return []
  if (kind !== 'practice') return here
  return hasAdministrator ? [] : ['practice-administrator']
}
