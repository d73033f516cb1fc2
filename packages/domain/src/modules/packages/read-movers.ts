import type { PlaceName } from '@carecommons/cql'
import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { type LabelledRow, noteSensitive } from '#shared/note-sensitive'
import { recordRoom } from '#shared/room'

/** One of the viewer's own patients who would stand elsewhere under another version of a measure. */
export interface Mover {
  readonly patientId: string
  readonly familyName: string
  readonly givenName: string
  readonly title: string
  readonly beforeVersion: string
  readonly afterVersion: string
  readonly period: { readonly start: Day; readonly end: Day }
  readonly before: PlaceName
  readonly after: PlaceName
  readonly lost: readonly string[]
  readonly gained: readonly string[]
}

/** Who of the viewer's own patients moves in the latest finished comparison, by name. */
export async function latestMovers(ctx: Ctx, first: number): Promise<Mover[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Omit<Mover, 'period'> & LabelledRow & { start: Day; end: Day }>`
    select m.practice_id, m.patient_id, m.sensitivity, m.patient_id as "patientId", p.family_name as "familyName", p.given_name as "givenName", a.title, b.version as "beforeVersion",
           a.version as "afterVersion", c.period_start as start, c.period_end as end, m.before, m.after, m.lost, m.gained
      from (select * from package_comparison where state = 'done' order by finished_at desc, id desc limit 1) c
      join measure_package b on b.hash = c.before_hash join measure_package a on a.hash = c.after_hash
      join comparison_mover m on m.comparison_id = c.id
      join patient p on p.practice_id = m.practice_id and p.id = m.patient_id
     where ${recordRoom(ctx, 'm', null)} order by p.family_name, p.given_name, m.patient_id, m.group_index limit ${first}`.execute(db)
  if (rows.length > 0)
    ctx.notes.push({ action: 'read', subject: 'ClinicalRecord', subjectIds: [...new Set(rows.map(({ patientId }) => patientId))] })
  noteSensitive(ctx, rows)
  return rows.map(({ start, end, ...row }) => ({ ...row, period: { start, end } }))
}
