import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { REGISTRIES_IN_FORCE } from './ask-for-pass.ts'
import type { ComparisonState } from './comparisons.entity.ts'
import type { RegistryCounts, RegistryMoveReason, RegistryMoves } from './conclude-comparison.ts'

export interface RegistryComparisonRow {
  readonly id: string
  readonly registry: string
  readonly title: string
  /** Null: the registry was not counted. */
  readonly beforeVersion: string | null
  readonly afterHash: string
  readonly afterVersion: string
  /** Null until it has begun. */
  readonly asOf: Day | null
  readonly state: ComparisonState
  readonly chartsDone: number
  readonly chartsTotal: number
  /** What was in force then still is, and the other version is not. */
  readonly isCurrent: boolean
  readonly all: RegistryMoves | null
  readonly practices: readonly (RegistryMoves & { readonly practiceId: string; readonly practiceName: string })[]
  readonly reasons: readonly RegistryMoveReason[]
  readonly requestedBy: string
  readonly requestedAt: string
  readonly failure: string | null
}

/** How many of the newest are told. */
export const MOST_COMPARISONS = 10

/** What was compared, the newest first. */
export const listRegistryComparisons = (ctx: Ctx): Promise<RegistryComparisonRow[]> => read(ctx, sql`true`)

export async function comparisonOf(ctx: Ctx, id: string): Promise<RegistryComparisonRow> {
  const [found] = await read(ctx, sql`c.id = ${id}`)
  if (!found) throw new Error(`Comparison ${id} was asked for and cannot be read.`)
  return found
}

/** Of comparisons `c`: what was in force then still is. */
export const STILL_TELLS = sql<boolean>`(
  (select f.package_hash from ${REGISTRIES_IN_FORCE} f where f.registry = c.registry) is not distinct from c.before_hash)`

type Row = Omit<RegistryComparisonRow, 'all' | 'practices' | 'reasons'> & { readonly counts: string | null }

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<RegistryComparisonRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Row>`
    select c.id, c.registry, a.title, b.version as "beforeVersion", c.after_hash as "afterHash", a.version as "afterVersion", c.as_of::text as "asOf",
           c.state, c.charts_done as "chartsDone", c.charts_total as "chartsTotal", ${STILL_TELLS} as "isCurrent", c.counts, u.name as "requestedBy",
           c.requested_at as "requestedAt", c.failure
      from registry_comparison c join registry_package a on a.hash = c.after_hash left join registry_package b on b.hash = c.before_hash
      join app_user u on u.id = c.requested_by
     where ${room(ctx, 'start', 'Registry', {})} and ${which} order by c.requested_at desc, c.id desc limit ${MOST_COMPARISONS}`.execute(db)
  const names = rows.some(({ counts }) => counts !== null) ? await practiceNames(ctx) : new Map<string, string>()
  return rows.map(({ counts, ...row }) => {
    const told = counts === null ? null : (JSON.parse(counts) as RegistryCounts)
    const practices = (told?.practices ?? []).map((one) => ({ ...one, practiceName: names.get(one.practiceId) ?? one.practiceId }))
    return {
      ...row,
      all: told?.all ?? null,
      practices: practices.sort((a, b) => a.practiceName.localeCompare(b.practiceName)),
      reasons: told?.reasons ?? [],
    }
  })
}

async function practiceNames(ctx: Ctx): Promise<Map<string, string>> {
  const { db } = await ctx.tx()
  const rows = await db.selectFrom('organization').select(['id', 'name']).where('kind', '=', 'practice').execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}
