import type { RoleName } from '@carecommons/access'
import type { OrganizationRow } from '#modules/practice'
import type { Tx } from '#shared/sessions'
import type { Visit } from '#shared/visit'
import { holdsRole, isLive, mayAct } from './live-membership.ts'

export interface LiveMembership {
  readonly id: string
  readonly role: RoleName
  /** Of a patient: the own chart. */
  readonly patientId: string | null
  readonly organization: OrganizationRow
}

/** Under which memberships a person may act today, in the order they came; or which hold, those among them that wait to be confirmed. */
export async function liveMemberships(
  tx: Tx,
  { clock }: Pick<Visit, 'clock'>,
  userId: string,
  { waiting = false }: { readonly waiting?: boolean } = {},
): Promise<LiveMembership[]> {
  const rows = await tx.db
    .selectFrom('membership as m')
    .innerJoin('organization as o', 'o.id', 'm.organization_id')
    .innerJoin('region as r', 'r.id', 'o.region_id')
    .select(['m.id', 'm.role', 'm.patient_id', 'm.starts_on', 'm.ends_on', 'm.ended_at', 'm.waits_since', 'r.time_zone'])
    .select(['o.id as organization_id', 'o.name', 'o.slug', 'o.kind', 'o.city'])
    .where('m.user_id', '=', userId)
    .orderBy('m.id')
    .execute()
  return rows
    .filter((row) => (waiting ? isLive : mayAct)(row, clock.today(row.time_zone)))
    .filter((row) => holdsRole(row, 'person'))
    .map(({ id, role, patient_id, organization_id, name, slug, kind, city }) => ({
      id,
      role,
      patientId: patient_id,
      organization: { id: organization_id, name, slug, kind, city },
    }))
}
