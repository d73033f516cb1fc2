import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'

/** A version of a measure, as it was loaded. */
export interface PackageRow {
  readonly hash: string
  readonly measureId: string
  readonly version: string
  readonly title: string
  readonly improvement: 'increase' | 'decrease'
  readonly loadedAt: string
  /** Null: it ships with the product. */
  readonly loadedBy: string | null
  /** Whether a run computed with it. */
  readonly isComputed: boolean
}

/** Every version, by measure, newest first. */
export const listPackages = (ctx: Ctx): Promise<PackageRow[]> => read(ctx, sql`true`)

export async function packageOf(ctx: Ctx, hash: string): Promise<PackageRow | null> {
  const [found] = await read(ctx, sql`k.hash = ${hash}`)
  return found ?? null
}

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<PackageRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<PackageRow>`
    select k.hash, k.measure_id as "measureId", k.version, k.title, k.improvement, k.loaded_at as "loadedAt", u.name as "loadedBy",
           exists (select from metric_run r where k.hash = any (r.package_hashes)) as "isComputed"
      from measure_package k left join app_user u on u.id = k.loaded_by
     where ${room(ctx, 'read', 'MeasurePackage', {})} and ${which} order by lower(k.title), k.measure_id, k.loaded_at desc, k.hash`.execute(
    db,
  )
  return rows
}

/** What people read of a package: worked out from it once, away from the request's thread. */
export const pageOf = (ctx: Ctx, hash: string) =>
  ctx.desk.page(hash, async () => {
    const { db } = await ctx.tx()
    return (await db.selectFrom('measure_package').select('bundle').where('hash', '=', hash).executeTakeFirstOrThrow()).bundle
  })
