import type { Day } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { setInForce } from '#modules/quality'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'

/** A row of what was agreed on. */
export interface Term {
  readonly id: string
  readonly measureId: string
  readonly packageHash: string | null
  /** Of the package; of a retirement the measure's newest. */
  readonly title: string
  readonly version: string | null
  readonly startsOn: Day
  readonly endsOn: Day | null
  readonly agreedBy: string | null
  readonly agreedWith: string
  readonly target: number | null
  readonly agreedAt: string
}

/** Every term, newest first. */
export const listTerms = (ctx: Ctx): Promise<Term[]> => read(ctx, sql`true`)

export const termsOfMeasure = (ctx: Ctx, measureId: string): Promise<Term[]> => read(ctx, sql`t.measure_id = ${measureId}`)

export async function termOf(ctx: Ctx, id: string): Promise<Term | null> {
  const [term] = await read(ctx, sql`t.id = ${id}`)
  return term ?? null
}

/** The terms that decide what is computed over a period, in the order of the set. */
export async function termsInForce(ctx: Ctx, period: { readonly start: Day; readonly end: Day }): Promise<Term[]> {
  const terms = await read(ctx, sql`exists (select from ${setInForce(period)} f where f.id = t.id)`)
  const { db } = await ctx.tx()
  const { rows } = await sql<{ id: string }>`select id from ${setInForce(period)} f order by position, measure_id`.execute(db)
  return rows.flatMap(({ id }) => terms.find((term) => term.id === id) ?? [])
}

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<Term[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Term>`
    select t.id, t.measure_id as "measureId", t.package_hash as "packageHash", t.starts_on as "startsOn", t.ends_on as "endsOn",
           u.name as "agreedBy", t.agreed_with as "agreedWith", t.target::float as target, t.agreed_at as "agreedAt", k.version,
           coalesce(k.title, (select n.title from measure_package n where n.measure_id = t.measure_id order by n.loaded_at desc limit 1), t.measure_id) as title
      from measure_term t
      left join measure_package k on k.hash = t.package_hash
      left join app_user u on u.id = t.agreed_by
     where ${room(ctx, 'read', 'MeasurePackage', {})} and ${which} order by t.agreed_at desc, t.id desc`.execute(db)
  return rows
}
