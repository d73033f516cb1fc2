import { type Action, rowCondition, type SubjectName } from '@carecommons/access'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from './context.ts'

/** The charts that the viewer may read, among rows of `table` that say whose chart they belong to. */
export const chartRoom = (ctx: Ctx, table: string, patientColumn: 'patient_id' | 'id' = 'patient_id'): RawBuilder<SqlBool> =>
  room(ctx, 'read', 'Chart', { practiceId: `${table}.practice_id`, patientId: `${table}.${patientColumn}` })

/**
 * The second wall: the rows of a subject that the viewer's ability opens, as a condition of a query. `columns` says which column
 * holds each field that role pages name. No rule, no rows; a field without a column is a bug.
 */
export function room(ctx: Ctx, action: Action, subject: SubjectName, columns: Readonly<Record<string, string>>): RawBuilder<SqlBool> {
  const alternatives = rowCondition(ctx.ability, action, subject)
  if (alternatives === null) return sql`false`
  const conditions = alternatives.map((equalities) => {
    const all = Object.entries(equalities).map(([field, value]) => {
      const column = sql.ref(columnOf(field, subject, columns))
      return typeof value === 'string' ? sql`${column} = ${value}` : oneOf(column, value.$in)
    })
    return all.length === 0 ? sql`true` : sql`(${sql.join(all, sql` and `)})`
  })
  return sql`(${sql.join(conditions, sql` or `)})`
}

/** A single value stays a plain comparison: the planner keeps the order of an index. */
const oneOf = (column: RawBuilder<unknown>, values: readonly string[]): RawBuilder<SqlBool> =>
  values.length === 0 ? sql`false` : values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any (${[...values]}::uuid[])`

function columnOf(field: string, subject: SubjectName, columns: Readonly<Record<string, string>>): string {
  const column = columns[field]
  if (!column) throw new Error(`This query cannot tell ${subject}.${field}.`)
  return column
}
