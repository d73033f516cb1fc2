import { isRoleName, type RoleName, rolePages } from '@carecommons/access'
import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'

/** Whether a membership or an assignment holds on a day of the region's calendar. What was ended at once does not hold for its last day. */
export const isLive = (row: { starts_on: Day; ends_on: Day | null; ended_at: string | null }, today: Day): boolean =>
  row.ended_at === null && row.starts_on <= today && (row.ends_on === null || row.ends_on >= today)

/** The same for rows of a query. */
export const liveOn = (table: string, today: Day): RawBuilder<SqlBool> => {
  const column = (name: string) => sql.ref(`${table}.${name}`)
  return sql`(${column('ended_at')} is null and ${column('starts_on')} <= ${today} and (${column('ends_on')} is null or ${column('ends_on')} >= ${today}))`
}

/** Whether an assignment opens its practice at a moment: a cover during leave does so to the minute. */
export const opensAt = (
  row: Parameters<typeof isLive>[0] & { from_at: string | null; until_at: string | null },
  today: Day,
  now: Date,
): boolean =>
  isLive(row, today) && (row.from_at === null || new Date(row.from_at) <= now) && (row.until_at === null || new Date(row.until_at) > now)

/** The same for rows of a query. */
export const opensOn = (table: string, today: Day, now: Date): RawBuilder<SqlBool> => {
  const [from, until] = [sql.ref(`${table}.from_at`), sql.ref(`${table}.until_at`)]
  const moment = now.toISOString()
  return sql`(${liveOn(table, today)} and (${from} is null or ${from} <= ${moment}) and (${until} is null or ${until} > ${moment}))`
}

/** Whether its person may act under it: it holds, and does not wait for its organization to confirm them. */
export const mayAct = (row: Parameters<typeof isLive>[0] & { waits_since: string | null }, today: Day): boolean =>
  row.waits_since === null && isLive(row, today)

/** Whether the role exists, belongs to this kind of organization, and is held by a person or a system. */
export const holdsRole = <Row extends { role: string; kind: string }>(
  row: Row,
  holder: 'person' | 'system',
): row is Row & { role: RoleName } =>
  isRoleName(row.role) && rolePages[row.role].organizationKind === row.kind && rolePages[row.role].holder === holder
