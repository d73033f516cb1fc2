import { isUuid } from '@carecommons/kernel'
import { type Expression, type RawBuilder, sql, type SqlBool } from 'kysely'
import { badInput } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { AuditFilterInput } from './oversight.graphql.ts'

export type AuditFilter = Partial<AuditFilterInput>

/** Rows `e` of the audit that the viewer may read and asked for. */
export function auditCondition(ctx: Ctx, filter: AuditFilter, action: 'read' | 'export' = 'read'): RawBuilder<SqlBool> {
  const zone = ctx.region.timeZone
  const all: Expression<SqlBool>[] = [room(ctx, action, 'AuditEvent', { practiceId: 'e.practice_id' })]
  if (filter.practiceId != null) all.push(sql`e.practice_id = ${known(filter.practiceId)}`)
  if (filter.userId != null) all.push(sql`e.user_id = ${known(filter.userId)}`)
  if (filter.patientId != null) all.push(sql`${known(filter.patientId)}::uuid = any (e.subject_ids)`)
  for (const column of ['action', 'subject', 'outcome', 'purpose'] as const) {
    const wanted = filter[column]
    if (wanted != null) all.push(sql`${sql.ref(`e.${column}`)} = ${wanted}`)
  }
  if (filter.from != null && filter.to != null && filter.to < filter.from) throw badInput("'from' is a day before 'to', or the same.")
  if (filter.from != null) all.push(sql`e.at >= (${filter.from}::date::timestamp at time zone ${zone})`)
  if (filter.to != null) all.push(sql`e.at < ((${filter.to}::date + 1)::timestamp at time zone ${zone})`)
  return sql`(${sql.join(all, sql` and `)})`
}

/** What is no id finds nothing, like an id that nobody has. */
const known = (id: string): string => (isUuid(id) ? id : NOBODY)
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** The practice whose audit is asked for, and the chart: what the note of the reading itself says. */
export const noteOfReading = ({ viewer }: Ctx, { practiceId, patientId }: AuditFilter) => ({
  subject: 'AuditEvent' as const,
  subjectIds: patientId != null && isUuid(patientId) ? [patientId] : [],
  // Whoever reads one practice's audit only leaves the note there, whatever was asked for.
  ...(viewer.role === 'auditor' && practiceId != null && isUuid(practiceId) ? { practiceId } : {}),
})
