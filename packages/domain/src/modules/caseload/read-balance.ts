import { valueSetCodes } from '@carecommons/cql'
import { addDays, type Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import { momentOf, todayOf } from './read-caseload.ts'

/** What keeps somebody from leading anybody new; null where that is not the viewer's to know. */
export type LeadFitness = 'ready' | 'not-permitted' | 'license-missing' | 'license-expired'

/** What one care manager carries among the cases that the viewer may read or, of nobody, what waits. */
export interface LeadLoad {
  readonly leadId: string | null
  readonly leadName: string | null
  readonly discipline: string | null
  readonly supervisorId: string | null
  readonly ftePercent: number | null
  readonly isAway: boolean | null
  readonly fitness: LeadFitness | null
  /** Where they work now, among the practices in reach. */
  readonly practiceIds: readonly string[]
  readonly cases: number
  readonly points: number
  readonly overdue: number
  /** Whom nobody looks after now. */
  readonly unowned: number
  /** What the charts tell of these people, for their practice alone; null to everybody else. */
  readonly contacts: number | null
  /** With how many of them a contact was made. */
  readonly reached: number | null
  readonly openGaps: number | null
  readonly dataThrough: Day | null
}

const CONTACTS = 'https://carecommons.example/fhir/ValueSet/care-management-contact'
const CONTACT_DAYS = 30

/** Everybody who leads or could lead; first what nobody leads, then the heaviest. */
export async function readBalance(ctx: Ctx): Promise<readonly LeadLoad[]> {
  const { db } = await ctx.tx()
  const today = sql`${todayOf(ctx)}::date`
  const codes = valueSetCodes(CONTACTS)
  const at = sql`${today}, ${momentOf(ctx)}::timestamptz`
  const { rows } = await sql<LeadLoad>`
    with held as (
      select c.lead_membership_id as lead, max(c.lead_name) as name, count(*)::int as cases, sum(c.points)::int as points,
             (count(*) filter (where c.due_on < ${today}))::int as overdue, (count(*) filter (where w.owner_name is null))::int as unowned
        from care_case c left join commons_case_owners(${at}) w on w.practice_id = c.practice_id and w.lead_id = c.lead_membership_id
       where c.closed_at is null and ${room(ctx, 'read', 'Caseload', { practiceId: 'c.practice_id' })}
       group by c.lead_membership_id)
    select coalesce(h.lead, s.membership_id) as "leadId", coalesce(s.name, h.name) as "leadName", s.discipline, s.supervisor_id as "supervisorId",
           s.fte_percent as "ftePercent", s.is_away as "isAway", s.fitness, coalesce(s.practice_ids, '{}') as "practiceIds", coalesce(h.cases, 0) as cases,
           coalesce(h.points, 0) as points, coalesce(h.overdue, 0) as overdue, coalesce(h.unowned, 0) as unowned,
           k.contacts, k.reached, k.open_gaps as "openGaps", k.data_through::text as "dataThrough"
      from held h full join (select * from commons_caseload_staff(${at}) where ${reads(ctx)}) s on s.membership_id = h.lead
      left join commons_caseload_work(${codes.map(({ system }) => system)}::text[], ${codes.map(({ code }) => code)}::text[],
                                      ${addDays(todayOf(ctx), -CONTACT_DAYS)}::date, ${today}) k on h.cases > 0 and k.lead_id is not distinct from h.lead
     order by coalesce(h.lead, s.membership_id) is not null, coalesce(h.points, 0) desc, coalesce(s.name, h.name), 1`.execute(db)
  ctx.notes.push({ action: 'read', subject: 'Caseload', subjectIds: [] })
  return rows
}

/** Nobody is told of, where no case may be read. */
const reads = (ctx: Ctx) => (ctx.ability.can('read', 'Caseload') ? sql`true` : sql`false`)
