import { isUuid } from '@carecommons/kernel'
import { sql } from 'kysely'
import { chartRoom } from '#shared/room'
import type { Ctx } from '#shared/context'
import { actors, type AuditRow } from './audit-rows.ts'
import type { DisclosureType } from './oversight.graphql.ts'

type Row = Pick<AuditRow, 'id' | 'at' | 'user_id' | 'membership_id' | 'role' | 'organization_id' | 'purpose' | 'subject'>

/**
 * The accounting of disclosures of one chart, newest first: six years of what went to others for anything but treatment, payment and
 * operations (45 CFR 164.528), three years of records under 42 CFR Part 2 whatever they went out for (42 CFR 2.25). The patient reads
 * it through a function that answers for the own chart alone.
 */
export async function listDisclosures(ctx: Ctx, patientId: string): Promise<DisclosureType[]> {
  const { db } = await ctx.tx()
  const id = isUuid(patientId) ? patientId : '00000000-0000-0000-0000-000000000000'
  const { rows: charts } = await sql`select from patient p where p.id = ${id} and ${chartRoom(ctx, 'p', 'id')}`.execute(db)
  const isThere = charts.length > 0
  ctx.notes.push({
    action: 'read',
    subject: 'Disclosure',
    subjectIds: isUuid(patientId) ? [patientId] : [],
    outcome: isThere ? 'allowed' : 'not-found',
  })
  if (!isThere) return []
  const { rows } = await sql<Row>`select * from commons_disclosures(${id}::uuid)`.execute(db)
  const actorOf = await actors(ctx, rows)
  return rows.map((row) => ({ id: row.id, at: row.at, to: actorOf(row), what: row.subject, why: row.purpose }))
}
