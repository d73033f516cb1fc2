import { addDays } from '@carecommons/kernel'
import { sql } from 'kysely'
import { readCharts } from '#modules/patient'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { AttentionGroupType } from './practice-overview.graphql.ts'

/** Groups of charts that most need a look, in the order of a page. */
const GROUPS = [
  { key: 'a1c-over-9', title: 'HbA1c over 9 %' },
  { key: 'pressure-160-100', title: 'Blood pressure 160/100 or higher' },
  { key: 'unseen-two-conditions', title: 'Not seen for a year, with two or more conditions' },
  { key: 'phq9-10', title: 'PHQ-9 of 10 or more' },
] as const

const SHOWN = 5

/** Living people whose newest values or absence ask for action: how many, and the five who stand out most. Empty groups are left out. */
export async function attentionGroups(ctx: Ctx): Promise<AttentionGroupType[]> {
  const { db } = await ctx.tx()
  const yearAgo = addDays(ctx.clock.today(ctx.region.timeZone), -365)
  const { rows } = await sql<{ key: string; patient_id: string; count: number }>`
    select key, patient_id, count from (
      select g.key, s.patient_id, count(*) over (partition by g.key)::int as count,
             row_number() over (partition by g.key order by g.weight desc nulls first, s.patient_id) as place
        from patient_summary s
        cross join lateral (values
          ('a1c-over-9', s.a1c > 9, s.a1c),
          ('pressure-160-100', s.systolic >= 160 or s.diastolic >= 100, greatest(s.systolic, s.diastolic * 1.6)),
          ('unseen-two-conditions', s.condition_count >= 2 and (s.last_visit_on is null or s.last_visit_on < ${yearAgo}), (${yearAgo}::date - s.last_visit_on)::numeric),
          ('phq9-10', s.phq9 >= 10, s.phq9)) g (key, holds, weight)
       where ${room(ctx, 'read', 'PracticeOverview', { practiceId: 's.practice_id' })} and not s.deceased and g.holds) ranked
     where place <= ${SHOWN} order by key, place`.execute(db)
  const charts = new Map((await readCharts(ctx, [...new Set(rows.map((row) => row.patient_id))])).map((chart) => [chart.id, chart]))
  return GROUPS.flatMap(({ key, title }) => {
    const of = rows.filter((row) => row.key === key)
    return of.length === 0 ? [] : [{ key, title, count: of[0]!.count, patients: of.flatMap((row) => charts.get(row.patient_id) ?? []) }]
  })
}
