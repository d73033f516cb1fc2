import { addDays } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { auditCondition, type AuditFilter, noteOfReading } from './audit-condition.ts'
import type { AuditSummaryType } from './oversight.graphql.ts'

/**
 * How many looked, at how many charts, how many were refused, in the thirty days before `to` unless told from when: six years are not
 * counted by accident. People of jobs are none.
 */
export async function summarizeAudit(ctx: Ctx, asked: AuditFilter): Promise<AuditSummaryType> {
  const { db } = await ctx.tx()
  const today = ctx.clock.today(ctx.region.timeZone)
  const until = asked.to != null && asked.to < today ? asked.to : today
  const filter = { ...asked, from: asked.from ?? addDays(until, -29) }
  ctx.notes.push({ action: 'read', ...noteOfReading(ctx, filter) })
  const { rows } = await sql<AuditSummaryType>`
    with e as materialized (select e.user_id, e.outcome, e.purpose, e.action, e.subject, e.subject_ids from audit_event e where ${auditCondition(ctx, filter)})
    select count(*)::int as events,
           (count(distinct user_id) filter (where subject = 'Chart' and outcome = 'allowed'))::int as people,
           (count(distinct user_id) filter (where outcome = 'denied'))::int as refused,
           (count(*) filter (where purpose = 'emergency' and outcome = 'allowed'))::int as emergencies,
           (select count(distinct id)::int from e, unnest(e.subject_ids) id where e.subject = 'Chart' and e.outcome = 'allowed') as charts
      from e`.execute(db)
  return rows[0]!
}
