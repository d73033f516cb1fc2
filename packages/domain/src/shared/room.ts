import { type Action, rowCondition, type SubjectName } from '@carecommons/access'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from './context.ts'

/**
 * The second wall: the rows of a subject that the viewer's ability opens, as a condition of a query. `columns` says which column
 * holds each field that role pages name. No rule, no rows; a field without a column is a bug.
 */
export function room(ctx: Ctx, action: Action, subject: SubjectName, columns: Readonly<Record<string, string>>): RawBuilder<SqlBool> {
  const alternatives = rowCondition(ctx.ability, action, subject)
  if (alternatives === null) return sql`false`
  const conditions = alternatives.map((equalities) => {
    const all = Object.entries(equalities).map(([field, value]) => sql`${sql.ref(columnOf(field, subject, columns))} = ${value}`)
    return all.length === 0 ? sql`true` : sql`(${sql.join(all, sql` and `)})`
  })
  return sql`(${sql.join(conditions, sql` or `)})`
}

function columnOf(field: string, subject: SubjectName, columns: Readonly<Record<string, string>>): string {
  const column = columns[field]
  if (!column) throw new Error(`This query cannot tell ${subject}.${field}.`)
  return column
}
