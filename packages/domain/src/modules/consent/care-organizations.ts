import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'

/** Whom a chart can be opened to: active practices and the coordinating body, by name. */
export async function careOrganizations(ctx: Ctx): Promise<OrganizationRow[]> {
  const { db } = await ctx.tx()
  return await db
    .selectFrom('organization')
    .select(['id', 'name', 'slug', 'kind', 'city'])
    .where(room(ctx, 'read', 'Directory', {}))
    .where((is) => is.or([is('kind', '=', 'coordinating-body'), is.and([is('kind', '=', 'practice'), is('active_since', 'is not', null)])]))
    .orderBy('name')
    .orderBy('id')
    .execute()
}
