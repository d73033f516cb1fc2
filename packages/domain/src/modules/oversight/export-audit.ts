import { type AuditRecord, auditEventResource } from '@carecommons/interop'
import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import { keepEvent } from '#modules/audit'
import type { Ctx } from '#shared/context'
import { auditCondition, noteOfReading } from './audit-condition.ts'
import { AUDIT_COLUMNS, type AuditRow } from './audit-rows.ts'

const PAGE = 1000

/**
 * The audit as FHIR AuditEvent, a line of NDJSON each, oldest first, up to the moment it is asked for. Each page is a transaction of its
 * own, so that a slow reader holds none; the first one notes the export, and fails with the note.
 */
export async function* exportAudit(ctx: Ctx, range: { readonly from: Day; readonly to: Day }): AsyncGenerator<string> {
  let after: AuditRow | null = null
  const until = ctx.clock.now().toISOString()
  for (;;) {
    const page: AuditRow[] = await ctx.write(async (tx) => {
      if (after === null) await keepEvent(tx, ctx, { action: 'export', ...noteOfReading(ctx, {}) })
      const further = after === null ? sql`true` : sql`(e.at, e.id) > (${after.at}::timestamptz, ${after.id}::uuid)`
      const { rows } = await sql<AuditRow>`
        select ${AUDIT_COLUMNS} from audit_event e
         where ${auditCondition(ctx, range, 'export')} and e.at < ${until}::timestamptz and ${further} order by e.at, e.id limit ${PAGE}`.execute(
        tx.db,
      )
      return rows
    })
    if (page.length > 0) yield `${page.map((row) => JSON.stringify(auditEventResource(recordOf(row)))).join('\n')}\n`
    if (page.length < PAGE) return
    after = page.at(-1)!
  }
}

const recordOf = (row: AuditRow): AuditRecord => ({
  id: row.id,
  at: row.at,
  userId: row.user_id,
  membershipId: row.membership_id,
  role: row.role,
  organizationId: row.organization_id,
  purpose: row.purpose,
  practiceId: row.practice_id,
  action: row.action,
  subject: row.subject,
  subjectIds: row.subject_ids,
  outcome: row.outcome,
  correlationId: row.correlation_id,
})
