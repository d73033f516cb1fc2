import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { REGISTRIES_IN_FORCE } from './ask-for-pass.ts'

/** What the region agreed on about a registry. */
export interface RegistryTermRow {
  readonly id: string
  readonly registry: string
  readonly title: string
  /** Null: it was retired. */
  readonly packageHash: string | null
  readonly version: string | null
  readonly agreedWith: string
  readonly agreedBy: string | null
  readonly agreedAt: string
}

/** A registry that was counted once. */
export interface RetiredRegistryRow {
  readonly id: string
  readonly title: string
  readonly retiredAt: string
  readonly agreedWith: string
}

/** A definition that was loaded. */
export interface RegistryVersionRow {
  readonly packageHash: string
  readonly registry: string
  readonly title: string
  readonly description: string
  readonly version: string
  readonly sources: readonly string[]
  readonly cql: string
  readonly isInForce: boolean
  readonly loadedAt: string
}

/** Of terms, of versions, and of registries that were retired. */
export const MOST = 100

/** What was agreed on, the newest first. */
export const listRegistryTerms = (ctx: Ctx): Promise<RegistryTermRow[]> => read(ctx, sql`true`)

export async function registryTermOf(ctx: Ctx, id: string): Promise<RegistryTermRow> {
  const [term] = await read(ctx, sql`t.id = ${id}`)
  if (!term) throw new Error(`Term ${id} was agreed on and cannot be read.`)
  return term
}

/** Every definition there is, by registry, the newest first. */
export async function listRegistryVersions(ctx: Ctx): Promise<RegistryVersionRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<RegistryVersionRow>`
    select k.hash as "packageHash", k.registry, k.title, k.description, k.version, k.sources, k.cql, k.loaded_at as "loadedAt",
           f.package_hash is not null as "isInForce"
      from registry_package k left join ${REGISTRIES_IN_FORCE} f on f.package_hash = k.hash
     where ${room(ctx, 'start', 'Registry', {})} order by lower(k.title), k.registry, k.loaded_at desc, k.hash limit ${MOST}`.execute(db)
  return rows
}

/** What is counted no more: its people left on that day, and their charts keep it. */
export async function listRetired(ctx: Ctx): Promise<RetiredRegistryRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<RetiredRegistryRow>`
    select t.registry as id, t.agreed_at as "retiredAt", t.agreed_with as "agreedWith",
           (select n.title from registry_package n where n.registry = t.registry order by n.loaded_at desc, n.hash limit 1) as title
      from (select distinct on (registry) registry, package_hash, agreed_at, agreed_with from registry_term order by registry, agreed_at desc, id desc) t
     where t.package_hash is null and ${room(ctx, 'read', 'Registry', {})} order by t.agreed_at desc, t.registry limit ${MOST}`.execute(db)
  return rows
}

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<RegistryTermRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<RegistryTermRow>`
    select t.id, t.registry, t.package_hash as "packageHash", k.version, t.agreed_with as "agreedWith", u.name as "agreedBy", t.agreed_at as "agreedAt",
           coalesce(k.title, (select n.title from registry_package n where n.registry = t.registry order by n.loaded_at desc limit 1), t.registry) as title
      from registry_term t left join registry_package k on k.hash = t.package_hash left join app_user u on u.id = t.agreed_by
     where ${room(ctx, 'start', 'Registry', {})} and ${which} order by t.agreed_at desc, t.id desc limit ${MOST}`.execute(db)
  return rows
}
