import { isRoleName, type RoleName, rolePages } from '@carecommons/access'
import type { Day } from '@carecommons/kernel'

/** Whether a membership or an assignment holds on a day of the region's calendar. What was ended at once does not hold for its last day. */
export const isLive = (row: { starts_on: Day; ends_on: Day | null; ended_at: string | null }, today: Day): boolean =>
  row.ended_at === null && row.starts_on <= today && (row.ends_on === null || row.ends_on >= today)

/** Whether the role exists, belongs to this kind of organization, and is held by a person or a system. */
export const holdsRole = <Row extends { role: string; kind: string }>(
  row: Row,
  holder: 'person' | 'system',
): row is Row & { role: RoleName } =>
  isRoleName(row.role) && rolePages[row.role].organizationKind === row.kind && rolePages[row.role].holder === holder
