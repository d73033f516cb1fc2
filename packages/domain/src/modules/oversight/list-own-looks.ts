import { sql } from 'kysely'
import { pageSize } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { actors, type AuditRow } from './audit-rows.ts'
import type { ChartLookType } from './oversight.graphql.ts'

type Row = Pick<AuditRow, 'id' | 'role' | 'organization_id' | 'purpose'> & Pick<ChartLookType, 'from' | 'until' | 'subjects' | 'times'>

/**
 * Who looked at the patient's own chart, newest first: in which role and for whom they worked, when and what for. Names stay with the
 * practice, which knows them and answers for its people. Nothing for whoever is no patient.
 */
export async function listOwnLooks(ctx: Ctx, first: number | null): Promise<ChartLookType[]> {
  const size = pageSize(first, 20)
  const { patientId } = ctx.viewer
  const { db } = await ctx.tx()
  ctx.notes.push({
    action: 'read',
    subject: 'Disclosure',
    subjectIds: patientId === null ? [] : [patientId],
    outcome: patientId === null ? 'not-found' : 'allowed',
  })
  if (patientId === null) return []
  const { rows } = await sql<Row>`select * from commons_own_looks(${size})`.execute(db)
  const looks = rows.map((row) => ({ ...row, user_id: null, membership_id: null }))
  const actorOf = await actors(ctx, looks)
  return looks.map((row) => ({
    id: row.id,
    actor: actorOf(row),
    purpose: row.purpose,
    from: row.from,
    until: row.until,
    subjects: row.subjects,
    times: row.times,
  }))
}
