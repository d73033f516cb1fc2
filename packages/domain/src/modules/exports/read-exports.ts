import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import type { ExportFormat, ExportState } from './list-export.entity.ts'

/** How long a file is there once it is made. */
export const KEPT_HOURS = 24
/** Files that a page shows. */
const SHOWN = 10

export interface ExportRow {
  readonly id: string
  readonly format: ExportFormat
  readonly state: ExportState
  readonly written: number
  readonly total: number | null
  readonly requestedAt: string
  readonly expiresAt: string | null
  readonly runId: string | null
  readonly failure: string | null
}

/** The own files, the newest first. */
export async function readExports(ctx: Ctx): Promise<ExportRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await exportsOf(ctx, sql`true`).execute(db)
  return rows
}

export async function exportFor({ db }: Tx, ctx: Ctx, id: string): Promise<ExportRow | null> {
  const { rows } = await exportsOf(ctx, sql`e.id = ${id}`).execute(db)
  return rows[0] ?? null
}

const exportsOf = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<ExportRow> => sql<ExportRow>`
  select e.id, e.format, case when e.state = 'done' and ${isOver} then 'gone' else e.state end as state, e.written, e.total,
         e.requested_at as "requestedAt", e.finished_at + ${KEPT} as "expiresAt", e.run_id as "runId", e.failure
    from list_export e where ${which} and ${room(ctx, 'read', 'ListExport', { membershipId: 'e.membership_id' })}
   order by e.requested_at desc, e.id desc limit ${SHOWN}`

const KEPT = sql`make_interval(hours => ${KEPT_HOURS})`
/** Past its time, whether it is removed yet or not. */
export const isOver = sql<SqlBool>`e.finished_at + ${KEPT} <= now()`
