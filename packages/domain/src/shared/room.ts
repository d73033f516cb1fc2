import { type Action, rowCondition, type SubjectName } from '@carecommons/access'
import type { SqlBool } from 'kysely'
import type { RecordCategory } from '#modules/consent'
import type { Ctx } from './context.ts'
import { column, joined, type Written, written } from './written.ts'

/** The charts that the viewer may read, among rows of `table` that say whose chart they belong to. */
export const chartRoom = (ctx: Ctx, table: string, patientColumn: 'patient_id' | 'id' = 'patient_id'): Written<SqlBool> =>
  room(ctx, 'read', 'Chart', { practiceId: `${table}.practice_id`, patientId: `${table}.${patientColumn}` })

/** Kinds of record that a share grant can name. `null`: what is never shared. */
export type RoomCategory = RecordCategory | null

/**
 * The records that the viewer may read, among rows of `table` that may carry a sensitivity label. A chart opened through a share grant
 * shows the categories it names; a labelled row shows under a live consent or in an emergency.
 */
export const recordRoom = (ctx: Ctx, table: string, category: RoomCategory): Written<SqlBool> =>
  ctx.guest && (category === null || !ctx.guest.categories.includes(category))
    ? written`false`
    : written`(${chartRoom(ctx, table)} and ${sensitiveRoom(ctx, table)})`

/** Of rows that the viewer may otherwise read: those without a label, and labelled ones that something opens. Patients read their own. */
export function sensitiveRoom(ctx: Ctx, table: string): Written<SqlBool> {
  const label = column(`${table}.sensitivity`)
  const permitted = room(ctx, 'read', 'SensitiveRecord', { practiceId: `${table}.practice_id`, patientId: `${table}.patient_id` })
  if (ctx.viewer.patientId !== null) return written`(${label} is null or ${permitted})`
  const named = ctx.guest ? written`${label} = any (${[...ctx.guest.categories]}::text[])` : written`true`
  return written`(${label} is null or (${permitted} and (
    (${named} and exists (select from consent agreed where ${sameChart('agreed', table)} and agreed.category = ${label}
       and agreed.recipient_id = ${ctx.viewer.organizationId} and ${isOpen('agreed')}))
    or exists (select from emergency_access broken where ${sameChart('broken', table)}
       and broken.membership_id = ${ctx.viewer.membershipId} and ${isOpen('broken')}))))`
}

/**
 * Whether a row of `table` that stands in for what labelled records lead to, and names their labels, gives way: one of them is open to the
 * viewer. To patients it always does.
 */
export function givesWay(ctx: Ctx, table: string): Written<SqlBool> {
  const labels = column(`${table}.gives_way_to`)
  if (ctx.viewer.patientId !== null) return written`(${labels} is not null)`
  const permitted = room(ctx, 'read', 'SensitiveRecord', { practiceId: `${table}.practice_id`, patientId: `${table}.patient_id` })
  return written`(${labels} is not null and ${permitted} and (
    exists (select from consent agreed where ${sameChart('agreed', table)} and agreed.category = any (${labels})
       and agreed.recipient_id = ${ctx.viewer.organizationId} and ${isOpen('agreed')})
    or exists (select from emergency_access broken where ${sameChart('broken', table)}
       and broken.membership_id = ${ctx.viewer.membershipId} and ${isOpen('broken')})))`
}

const sameChart = (alias: string, table: string): Written<SqlBool> =>
  written`${column(`${alias}.practice_id`)} = ${column(`${table}.practice_id`)} and ${column(`${alias}.patient_id`)} = ${column(`${table}.patient_id`)}`

/** Neither ended nor past its end. The database's clock decides: a process whose clock is wrong opens nothing. */
export const isOpen = (alias: string): Written<SqlBool> =>
  written`${column(`${alias}.ended_at`)} is null and (${column(`${alias}.expires_at`)} is null or ${column(`${alias}.expires_at`)} > now())`

/**
 * The second wall: the rows of a subject that the viewer's ability opens, as a condition of a query. `columns` says which column
 * holds each field that role pages name. No rule, no rows; a field without a column is a bug.
 */
export function room(ctx: Ctx, action: Action, subject: SubjectName, columns: Readonly<Record<string, string>>): Written<SqlBool> {
  const alternatives = rowCondition(ctx.ability, action, subject)
  if (alternatives === null) return written`false`
  const conditions = alternatives.map((equalities) => {
    const all = Object.entries(equalities).map(([field, value]) => {
      const named = column(columnOf(field, subject, columns))
      return typeof value === 'string' ? written`${named} = ${value}` : oneOf(named, value.$in)
    })
    return all.length === 0 ? written`true` : written`(${joined(all, ' and ')})`
  })
  return written`(${joined(conditions, ' or ')})`
}

/** A single value stays a plain comparison: the planner keeps the order of an index. */
const oneOf = (named: Written, values: readonly string[]): Written<SqlBool> =>
  values.length === 0
    ? written`false`
    : values.length === 1
      ? written`${named} = ${values[0]!}`
      : written`${named} = any (${[...values]}::uuid[])`

function columnOf(field: string, subject: SubjectName, columns: Readonly<Record<string, string>>): string {
  const column = columns[field]
  if (!column) throw new Error(`This query cannot tell ${subject}.${field}.`)
  return column
}
