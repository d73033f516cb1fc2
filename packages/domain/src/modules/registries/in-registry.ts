import type { SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import type { LabelledRow } from '#shared/note-sensitive'
import { recordRoom, sensitiveRoom } from '#shared/room'
import { column, type Written, written } from '#shared/written'

/** Charts of summary `s` that are in a registry. */
export const isInRegistry = (ctx: Ctx, registry: string): Written<SqlBool> => written<SqlBool>`exists (
  select from registry_membership r
   where r.practice_id = s.practice_id and r.patient_id = s.patient_id and ${inRegistryOpenly(ctx, registry, 'r')})`

/** Of stays as rows of `alias` those in a registry that are not over and that the viewer may know of. */
export const inRegistryOpenly = (ctx: Ctx, registry: string, alias: string): Written<SqlBool> =>
  written<SqlBool>`(${column(`${alias}.registry`)} = ${registry} and ${column(`${alias}.left_on`)} is null and ${sensitiveRoom(ctx, alias)})`

/** Of charts `ids` those whom only labelled records put into it: to say that they are in it tells of these. */
export async function labelledInRegistry(ctx: Ctx, registry: string, ids: readonly string[]): Promise<LabelledRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await db.executeQuery(written<LabelledRow>`
    select r.practice_id, r.patient_id, r.sensitivity from registry_membership r
     where r.patient_id = any (${ids}::uuid[]) and r.registry = ${registry} and r.left_on is null and r.sensitivity is not null
       and ${recordRoom(ctx, 'r', null)}`)
  return rows
}
