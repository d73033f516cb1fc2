import { conditionGroups } from '@carecommons/cql'
import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import { organizationsById } from '#modules/practice'
import { readScores, type ScoreRead } from '#modules/quality'
import type { Ctx } from '#shared/context'
import { noteCountedLabels } from '#shared/note-sensitive'
import { room, sensitiveRoom } from '#shared/room'
import type { PracticeOverviewType } from './practice-overview.graphql.ts'

const own = (ctx: Ctx, column: string) => room(ctx, 'read', 'PracticeOverview', { practiceId: column })

/** The practice of the acting membership and how much it has on file. */
export async function practiceOverview(ctx: Ctx): Promise<PracticeOverviewType> {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ charts: number; deceased: number; data_through: Day | null }>`
    select count(*)::int as charts, (count(*) filter (where s.deceased))::int as deceased, max(s.data_through) as data_through from patient_summary s where ${own(ctx, 's.practice_id')}`.execute(
    db,
  )
  const organizations = await organizationsById(ctx, [ctx.viewer.organizationId])
  ctx.notes.push({ action: 'read', subject: 'PracticeOverview', subjectIds: [] })
  const { charts, deceased, data_through } = rows[0]!
  return {
    organization: organizations.get(ctx.viewer.organizationId)!,
    chartCount: charts,
    deceasedCount: deceased,
    dataThrough: data_through,
  }
}

/** Living people by the clinician that their chart names, as many as the registry lists under each. */
export async function countPanels(ctx: Ctx): Promise<{ clinician: string; count: number }[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ clinician: string; count: number }>`
    select p.clinician, count(*)::int as count
      from patient p join patient_summary s on s.practice_id = p.practice_id and s.patient_id = p.id
     where ${own(ctx, 'p.practice_id')} and not s.deceased and p.clinician is not null group by 1 order by 1`.execute(db)
  return rows
}

/** Living people by the care manager that their summary names, as many as the registry lists under each. */
export async function countCareManagers(ctx: Ctx): Promise<{ careManager: string; count: number }[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ careManager: string; count: number }>`
    select s.care_manager as "careManager", count(*)::int as count from patient_summary s
     where ${own(ctx, 's.practice_id')} and not s.deceased and s.care_manager is not null group by 1 order by 1`.execute(db)
  return rows
}

/** Living people by condition, as many as the registry lists under it; conditions that nobody has are left out. */
export async function countConditions(ctx: Ctx): Promise<{ condition: { key: string; title: string }; count: number }[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ condition: string; count: number; labels: string[] | null }>`
    select c.condition, count(*)::int as count, array_agg(distinct c.sensitivity) filter (where c.sensitivity is not null) as labels
      from patient_condition c where ${own(ctx, 'c.practice_id')} and not c.deceased and ${sensitiveRoom(ctx, 'c')} group by c.condition`.execute(
    db,
  )
  noteCountedLabels(
    ctx,
    rows.flatMap(({ labels }) => labels ?? []),
  )
  return conditionGroups.flatMap(({ key, title }) =>
    rows.filter(({ condition }) => condition === key).map(({ count }) => ({ condition: { key, title }, count })),
  )
}

export const practiceScores = (ctx: Ctx): Promise<ScoreRead[]> =>
  readScores(ctx, { whose: sql`c.practice_id is not null and ${own(ctx, 'c.practice_id')}`, period: 'all' })
