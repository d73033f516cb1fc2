import { isUuid } from '@carecommons/kernel'
import { sql } from 'kysely'
import { badInput, pageSize } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { auditCondition, type AuditFilter, noteOfReading } from './audit-condition.ts'
import { AUDIT_COLUMNS, type AuditRow, named } from './audit-rows.ts'
import type { AuditConnectionType } from './oversight.graphql.ts'

interface PageWanted {
  readonly first: number | null
  readonly after: string | null
}

/** One page of the audit, newest first. Reading it is noted like any other reading. */
export async function listAuditEvents(ctx: Ctx, filter: AuditFilter, { first, after }: PageWanted): Promise<AuditConnectionType> {
  const size = pageSize(first, 50)
  const further = after == null ? sql`true` : afterCursor(after)
  const { db } = await ctx.tx()
  ctx.notes.push({ action: 'read', ...noteOfReading(ctx, filter) })
  const { rows } = await sql<AuditRow>`
    select ${AUDIT_COLUMNS} from audit_event e where ${auditCondition(ctx, filter)} and ${further}
     order by e.at desc, e.id desc limit ${size + 1}`.execute(db)
  const shown = rows.slice(0, size)
  const nodes = await named(ctx, shown)
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }))
  return { edges, pageInfo: { hasNextPage: rows.length > size, endCursor: edges.at(-1)?.cursor ?? null } }
}

const cursorOf = ({ at, id }: { at: string; id: string }): string => Buffer.from(JSON.stringify([at, id])).toString('base64url')

function afterCursor(cursor: string) {
  const parts = parsed(cursor)
  if (!Array.isArray(parts)) throw badInput("'after' is no cursor of this list.")
  const [at, id] = parts as unknown[]
  if (
    typeof at !== 'string' ||
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(at) ||
    Number.isNaN(Date.parse(at)) ||
    typeof id !== 'string' ||
    !isUuid(id)
  )
    throw badInput("'after' is no cursor of this list.")
  return sql`(e.at, e.id) < (${at}::timestamptz, ${id}::uuid)`
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
