import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import { readScores, type ScoreRead, showLarge } from '#modules/quality'
import type { OrganizationRow } from '#modules/practice'
import type { Ctx } from '#shared/context'

type Period = ScoreRead['period']

/** Directory counts of the region. */
export async function countOrganizations(ctx: Ctx): Promise<{ practices: number; payers: number }> {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ practices: number; payers: number }>`
    select count(*) filter (where kind = 'practice')::int as practices, count(*) filter (where kind = 'payer' and agreed)::int as payers from organization`.execute(
    db,
  )
  return rows[0]!
}

/** People counted once. Nobody of the region reads persons: a definer counts. */
export async function countPeople(ctx: Ctx): Promise<number> {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ people: number }>`select commons_people_count() as people`.execute(db)
  return rows[0]!.people
}

/** The region's own scores: every person once. */
export const regionScores = (ctx: Ctx): Promise<ScoreRead[]> => readScores(ctx, { whose: sql`c.practice_id is null`, period: 'all' })

export interface PracticeRow {
  readonly organization: OrganizationRow
  /** Null: 10 or fewer. */
  readonly chartCount: number | null
  readonly dataThrough: Day | null
  readonly scores: ScoreRead[]
  /** Ids of measures whose score is not told. */
  readonly hidden: string[]
}

/** Practices by name, with how much each has on file and its scores of one period. Charts themselves are not the region's to read. */
export async function listPracticeRows(ctx: Ctx, period: Period | 'newest'): Promise<PracticeRow[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<OrganizationRow & { has_charts: boolean; charts: number | null; data_through: Day | null }>`
    select o.id, o.name, o.slug, o.kind, o.city, h.practice_id is not null as has_charts, h.charts, h.data_through
      from organization o left join commons_practice_charts() h on h.practice_id = o.id
     where o.kind = 'practice' order by o.name, o.id`.execute(db)
  const { shown, hidden } = showLarge(await readScores(ctx, { whose: sql`c.practice_id is not null`, period }))
  const [scores, notTold] = [shown, hidden].map((some) => Map.groupBy(some, ({ practiceId }) => practiceId))
  return rows.map(({ has_charts, charts, data_through, ...organization }) => ({
    organization,
    chartCount: has_charts ? charts : 0,
    dataThrough: data_through,
    scores: scores!.get(organization.id) ?? [],
    hidden: (notTold!.get(organization.id) ?? []).map(({ measure }) => measure.id),
  }))
}
