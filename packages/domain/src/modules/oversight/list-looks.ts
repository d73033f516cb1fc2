import { sql } from 'kysely'
import { pageSize } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { auditCondition, noteOfReading } from './audit-condition.ts'
import { actors, type AuditRow } from './audit-rows.ts'
import type { ChartLookType } from './oversight.graphql.ts'

type Row = Pick<AuditRow, 'id' | 'user_id' | 'membership_id' | 'role' | 'organization_id' | 'purpose'> & {
  readonly from: string
  readonly until: string
  readonly subjects: string[]
  readonly times: number
}

/** Of a chart that everybody opens all day, the newest of these are put together. */
const MOST_ROWS = 2000

/**
 * Who looked at one chart, newest first, as people think of it: a page asks for a chart several times, and whoever reads goes from part to
 * part. What one person did for one purpose, each within a minute of the one before, is one look with its number of rows. The rows stay.
 */
export async function listLooks(ctx: Ctx, patientId: string, first: number | null): Promise<ChartLookType[]> {
  const size = pageSize(first, 10)
  const filter = { patientId, outcome: 'allowed' }
  const { db } = await ctx.tx()
  ctx.notes.push({ action: 'read', ...noteOfReading(ctx, filter) })
  const { rows } = await sql<Row>`
    with seen as (
      select e.id, e.at, e.user_id, e.membership_id, e.role, e.organization_id, e.purpose, e.subject from audit_event e
       where ${auditCondition(ctx, filter)} and e.subject <> 'AuditEvent' order by e.at desc, e.id desc limit ${MOST_ROWS}),
    begun as (
      select s.*, (s.at - lag(s.at) over doing > interval '1 minute') as is_another from seen s
      window doing as (partition by s.user_id, s.membership_id, s.role, s.purpose order by s.at, s.id)),
    numbered as (
      select b.*, count(*) filter (where b.is_another) over (partition by b.user_id, b.membership_id, b.role, b.purpose order by b.at, b.id) as look
        from begun b)
    select (array_agg(id order by at desc, id desc))[1] as id, user_id, membership_id, role, organization_id, purpose, min(at) as "from",
           max(at) as until, array_agg(distinct subject order by subject) as subjects, count(*)::int as times
      from numbered group by user_id, membership_id, role, organization_id, purpose, look
     order by max(at) desc, 1 desc limit ${size}`.execute(db)
  const actorOf = await actors(ctx, rows)
  return rows.map((row) => ({
    id: row.id,
    actor: actorOf(row),
    purpose: row.purpose,
    from: row.from,
    until: row.until,
    subjects: row.subjects,
    times: row.times,
  }))
}
