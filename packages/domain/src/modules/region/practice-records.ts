import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import type { PracticeRecordsType } from './region.graphql.ts'

/** What every practice's figures rest on, by its name; counted by a definer, since no chart is the region's to read. */
export async function readPracticeRecords(ctx: Ctx): Promise<PracticeRecordsType[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<PracticeRecordsType>`
    select o.id as "practiceId", o.name, case when r.practice_id is null then 0 else r.charts end as charts, r.visit_through as "visitThrough",
           r.lab_through as "labThrough", r.prescribed_through as "prescribedThrough", r.without_visit as "withoutVisit",
           r.without_lab as "withoutLab", r.unlinked, r.doubled, r.alike
      from organization o left join commons_practice_records() r on r.practice_id = o.id
     where o.kind = 'practice' order by o.name, o.id`.execute(db)
  return rows
}
