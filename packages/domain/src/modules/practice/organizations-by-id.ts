import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { type Connection, pageOf, type PageWanted } from '#shared/page-of'
import { folded, wordsBegin } from '#shared/words-begin'
import type { OrganizationKind } from './organization.entity.ts'

/** An entry of the region's directory, as pages show it. */
export interface OrganizationRow {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly kind: OrganizationKind
  readonly city: string | null
}

/** The directory is open to everybody who is signed in. */
export async function organizationsById(ctx: Ctx, ids: readonly string[]): Promise<Map<string, OrganizationRow>> {
  if (ids.length === 0) return new Map()
  const { db } = await ctx.tx()
  const rows = await db
    .selectFrom('organization')
    .select(['id', 'name', 'slug', 'kind', 'city'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** A page of the region's practices by name. */
export const practiceDirectory = async (ctx: Ctx, search: string | null, page: PageWanted): Promise<Connection<OrganizationRow>> =>
  pageOf(
    await ctx.tx(),
    sql<OrganizationRow>`
      select o.id, o.name, o.slug, o.kind, o.city, ${folded(sql`o.name`)} as sorted from organization o
       where o.kind = 'practice' and ${wordsBegin(search, 'o.name', 'o.city', 'o.slug')}`,
    page,
  )
