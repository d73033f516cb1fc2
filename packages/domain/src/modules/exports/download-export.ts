import { isUuid, type Refusal, refused } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { ExportFormat } from './list-export.entity.ts'
import { isOver, KEPT_HOURS } from './read-exports.ts'
import { mayHave } from './write-export.ts'

interface Kept {
  readonly format: ExportFormat
  readonly content: string | null
  readonly columns: Parameters<typeof mayHave>[1]['columns']
  readonly charts: Readonly<Record<string, readonly string[]>> | null
  readonly labelled: readonly string[]
  readonly isOver: boolean
  readonly requestedAt: string
}

/**
 * The file, to whoever asked for it, under the membership that asked, as long as all that is in it is still theirs to read. Each download is
 * noted as one, with whose charts it has.
 */
export async function downloadExport(ctx: Ctx, id: string): Promise<{ readonly format: ExportFormat; readonly content: string } | Refusal> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Kept>`
    select e.format, e.content, e.columns, e.charts, e.labelled_ids as labelled, coalesce(${isOver}, false) as "isOver", e.requested_at as "requestedAt"
      from list_export e
     where e.id = ${isUuid(id) ? id : NOBODY} and e.state in ('done', 'gone')
       and ${room(ctx, 'read', 'ListExport', { membershipId: 'e.membership_id' })}`.execute(db)
  const file = rows[0]
  if (!file) return refused('ExportNotFound', 'There is no such file of yours.')
  if (file.isOver || file.content === null || file.charts === null)
    return refused('ExportGone', `Files are kept for ${KEPT_HOURS} hours. Ask for this one anew.`)
  const practices = Object.keys(file.charts)
  const isWhole = practices.every((practice) => ctx.viewer.practiceIds.includes(practice)) && mayHave(ctx.viewer, file)
  if (!isWhole || (await hasClosedSince(ctx, file)))
    return refused('ExportClosed', 'You may not read all that is in this file any more. Ask for it anew, with what you may read now.')
  for (const practiceId of practices)
    ctx.notes.push({ action: 'export', subject: 'Chart', subjectIds: file.charts[practiceId]!, practiceId })
  if (practices.length === 0) ctx.notes.push({ action: 'export', subject: 'Chart', subjectIds: [] })
  return { format: file.format, content: file.content }
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** Whether a consent or an emergency that could have opened something labelled in it has ended since it was asked for. */
async function hasClosedSince(ctx: Ctx, { labelled, requestedAt }: Kept): Promise<boolean> {
  if (labelled.length === 0) return false
  const { db } = await ctx.tx()
  const ended = (alias: string) => sql`
    (${sql.ref(`${alias}.ended_at`)} >= ${requestedAt}::timestamptz
      or (${sql.ref(`${alias}.expires_at`)} <= now() and ${sql.ref(`${alias}.expires_at`)} >= ${requestedAt}::timestamptz))`
  const { rows } = await sql`
    select from consent c where c.patient_id = any (${[...labelled]}::uuid[]) and c.category is not null
       and c.recipient_id = ${ctx.viewer.organizationId} and ${ended('c')}
    union all
    select from emergency_access b where b.patient_id = any (${[...labelled]}::uuid[]) and b.membership_id = ${ctx.viewer.membershipId} and ${ended('b')}
    limit 1`.execute(db)
  return rows.length > 0
}
