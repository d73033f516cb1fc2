import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { type LabelledRow, noteSensitive } from '#shared/note-sensitive'
import { recordRoom } from '#shared/room'
import type { MoverReason } from './comparisons.entity.ts'
import { STILL_TELLS } from './read-comparisons.ts'

/** One of the viewer's own patients who would come into a registry or leave it by another version. */
export interface RegistryMoverRow {
  readonly patientId: string
  readonly familyName: string
  readonly givenName: string
  readonly registry: string
  readonly title: string
  readonly beforeVersion: string | null
  readonly afterVersion: string
  readonly asOf: Day
  readonly move: 'enters' | 'leaves'
  readonly reasons: readonly Omit<MoverReason, 'facts'>[]
}

/** Who of the viewer's own patients would move, by the newest comparison of each registry that still tells what would happen; by name. */
export async function registryMovers(ctx: Ctx, first: number): Promise<RegistryMoverRow[]> {
  // Nothing is decided yet: it is for those who look after people, and never part of what is shared.
  if (ctx.guest || ctx.viewer.patientId !== null) return []
  const { db } = await ctx.tx()
  const { rows } = await sql<RegistryMoverRow & LabelledRow>`
    select m.practice_id, m.patient_id, m.sensitivity, m.patient_id as "patientId", p.family_name as "familyName", p.given_name as "givenName",
           c.registry, a.title, b.version as "beforeVersion", a.version as "afterVersion", c.as_of::text as "asOf", m.change as move, m.reasons
      from (select distinct on (registry) id, registry, before_hash, after_hash, as_of from registry_comparison where state = 'done'
             order by registry, finished_at desc, id desc) c
      join registry_package a on a.hash = c.after_hash left join registry_package b on b.hash = c.before_hash
      join registry_mover m on m.comparison_id = c.id and m.change <> 'stays'
      join patient p on p.practice_id = m.practice_id and p.id = m.patient_id
      join patient_summary s on s.practice_id = m.practice_id and s.patient_id = m.patient_id and not s.deceased
     where ${STILL_TELLS} and ${recordRoom(ctx, 'm', null)}
     order by a.title, c.registry, p.family_name, p.given_name, m.patient_id, m.change limit ${first}`.execute(db)
  if (rows.length > 0)
    ctx.notes.push({ action: 'read', subject: 'ClinicalRecord', subjectIds: [...new Set(rows.map(({ patientId }) => patientId))] })
  noteSensitive(ctx, rows)
  return rows.map(({ reasons, ...row }) => ({ ...row, reasons: reasons.map(({ clause, part, change }) => ({ clause, part, change })) }))
}
