import { type Action, rowCondition, type SubjectName } from '@carecommons/access'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { RecordCategory } from '#modules/consent'
import type { Ctx } from './context.ts'

/** The charts that the viewer may read, among rows of `table` that say whose chart they belong to. */
export const chartRoom = (ctx: Ctx, table: string, patientColumn: 'patient_id' | 'id' = 'patient_id'): RawBuilder<SqlBool> =>
  room(ctx, 'read', 'Chart', { practiceId: `${table}.practice_id`, patientId: `${table}.${patientColumn}` })

/** Kinds of record that a share grant can name. `null`: what is never shared. */
export type RoomCategory = RecordCategory | null

/**
 * The records that the viewer may read, among rows of `table` that may carry a sensitivity label. A chart opened through a share grant
 * shows the categories it names; a labelled row shows under a live consent or in an emergency.
 */
export const recordRoom = (ctx: Ctx, table: string, category: RoomCategory): RawBuilder<SqlBool> =>
  ctx.guest && (category === null || !ctx.guest.categories.includes(category))
    ? sql`false`
    : sql`(${chartRoom(ctx, table)} and ${sensitiveRoom(ctx, table)})`

/** Of rows that the viewer may otherwise read: those without a label, and labelled ones that something opens. Patients read their own. */
export function sensitiveRoom(ctx: Ctx, table: string): RawBuilder<SqlBool> {
  const label = sql.ref(`${table}.sensitivity`)
  const permitted = room(ctx, 'read', 'SensitiveRecord', { practiceId: `${table}.practice_id`, patientId: `${table}.patient_id` })
  if (ctx.viewer.patientId !== null) return sql`(${label} is null or ${permitted})`
  const named = ctx.guest ? sql`${label} = any (${[...ctx.guest.categories]}::text[])` : sql`true`
  return sql`(${label} is null or (${permitted} and (
    (${named} and exists (select from consent agreed where ${sameChart('agreed', table)} and agreed.category = ${label}
       and agreed.recipient_id = ${ctx.viewer.organizationId} and ${isOpen('agreed')}))
    or exists (select from emergency_access broken where ${sameChart('broken', table)}
       and broken.membership_id = ${ctx.viewer.membershipId} and ${isOpen('broken')}))))`
}

const sameChart = (alias: string, table: string): RawBuilder<SqlBool> =>
  sql`${sql.ref(`${alias}.practice_id`)} = ${sql.ref(`${table}.practice_id`)} and ${sql.ref(`${alias}.patient_id`)} = ${sql.ref(`${table}.patient_id`)}`

/** Neither ended nor past its end. The database's clock decides: a process whose clock is wrong opens nothing. */
export const isOpen = (alias: string): RawBuilder<SqlBool> =>
  sql`${sql.ref(`${alias}.ended_at`)} is null and (${sql.ref(`${alias}.expires_at`)} is null or ${sql.ref(`${alias}.expires_at`)} > now())`

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
