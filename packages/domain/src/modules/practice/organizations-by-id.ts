import type { Ctx } from '#shared/context'
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
  const { db } = await ctx.tx()
  const rows = await db
    .selectFrom('organization')
    .select(['id', 'name', 'slug', 'kind', 'city'])
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The region's practices by name. */
export async function practiceDirectory(ctx: Ctx): Promise<OrganizationRow[]> {
  const { db } = await ctx.tx()
  return db
    .selectFrom('organization')
    .select(['id', 'name', 'slug', 'kind', 'city'])
    .where('kind', '=', 'practice')
    .orderBy('name')
    .orderBy('id')
    .execute()
}
