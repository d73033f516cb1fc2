import type { RoleName, Viewer } from '@carecommons/access'
import type { Clock } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { RegionHere } from '#shared/context'
import type { Sessions } from '#shared/sessions'
import { holdsRole, mayAct } from './live-membership.ts'
import { ASSIGNMENTS, type MembershipRow, reachOf } from './open-session.ts'

/** Who somebody is under one membership, with what it reaches at this moment. */
export interface Standing {
  readonly viewer: Viewer
  readonly userName: string
  readonly region: RegionHere
}

type Row = MembershipRow & {
  readonly user_id: string
  readonly user_name: string
  readonly role: RoleName
  readonly region_id: string
  readonly region_name: string
  readonly time_zone: string
}

/** For work that somebody asked for and that is done later: null once the membership has ended, or waits. */
export async function standingOf(
  { sessions, clock }: { sessions: Sessions; clock: Clock },
  membershipId: string,
): Promise<Standing | null> {
  const { rows } = await sessions.within({ kind: 'door' }, ({ db }) =>
    sql<Row>`
      select m.user_id, u.name as user_name, m.role, m.starts_on, m.ends_on, m.ended_at, m.waits_since, m.patient_id, o.id as organization_id, o.kind,
             o.active_since, ${ASSIGNMENTS} as assignments, r.id as region_id, r.name as region_name, r.time_zone
        from membership m join app_user u on u.id = m.user_id join organization o on o.id = m.organization_id join region r on r.id = o.region_id
       where m.id = ${membershipId}`.execute(db),
  )
  const [row] = rows
  if (!row) return null
  const today = clock.today(row.time_zone)
  if (!holdsRole(row, 'person') || !mayAct(row, today)) return null
  const { user_id: userId, role, organization_id: organizationId, patient_id: patientId } = row
  return {
    viewer: { userId, membershipId, role, organizationId, practiceIds: reachOf(row, today, clock.now()), patientId },
    userName: row.user_name,
    region: { id: row.region_id, name: row.region_name, timeZone: row.time_zone },
  }
}
