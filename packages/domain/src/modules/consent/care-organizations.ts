import { sql } from 'kysely'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'
import { type Connection, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import { folded, wordsBegin } from '#shared/words-begin'

/** Whom a chart can be opened to, the acting organization first, then by name: active practices and the coordinating body; or `otherPractices` alone. */
export const careOrganizations = async (
  ctx: Ctx,
  { search, otherPractices }: { readonly search: string | null; readonly otherPractices: boolean },
  page: PageWanted,
): Promise<Connection<OrganizationRow>> => {
  const own = sql`o.id = ${ctx.viewer.organizationId}`
  return pageOf(
    await ctx.tx(),
    sql<OrganizationRow>`
      select o.id, o.name, o.slug, o.kind, o.city, case when ${own} then '' else ${folded(sql`o.name`)} end as sorted
        from organization o
       where ((o.kind = 'practice' and o.active_since is not null) or (o.kind = 'coordinating-body' and not ${otherPractices}))
         and not (${otherPractices} and ${own}) and ${room(ctx, 'read', 'Directory', {})} and ${wordsBegin(search, 'o.name', 'o.city', 'o.slug')}`,
    page,
  )
}
