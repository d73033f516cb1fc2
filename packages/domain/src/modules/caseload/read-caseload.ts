import { addDays, type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { OrganizationRow } from '#modules/practice'
import { readCharts } from '#modules/patient'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { type Connection, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import type { CareProgram } from './caseload.entity.ts'

/** `unassigned`: nobody leads them. `no-owner`: nobody looks after them now. `team`: led by whom the viewer supervises. `due`: within a week. */
export type CaseloadPart = 'unassigned' | 'no-owner' | 'due' | 'team'

export interface CaseloadFilter {
  readonly practiceId: string | null
  /** Of one lead. */
  readonly leadId: string | null
  readonly part: CaseloadPart | null
}

export interface CaseRow {
  readonly id: string
  readonly practice: OrganizationRow
  readonly program: CareProgram
  readonly points: number
  readonly dueOn: Day
  readonly leadId: string | null
  readonly leadName: string | null
  readonly leadSince: string | null
  /** Who looks after them now: the lead or, while she is away, whoever covers. */
  readonly owner: string | null
  readonly isCovered: boolean
  readonly openedOn: Day
  readonly version: number
}

const DUE_WITHIN = 7

/** Open cases, those first that are due first: handles for whoever allocates, the own charts' for practices and their care managers. */
export async function readCaseload(ctx: Ctx, { practiceId, leadId, part }: CaseloadFilter, page: PageWanted): Promise<Connection<CaseRow>> {
  const is = (column: string, id: string | null) => (id === null ? sql`true` : isUuid(id) ? sql`${sql.ref(column)} = ${id}` : sql`false`)
  const which = sql<SqlBool>`c.closed_at is null and ${is('c.practice_id', practiceId)} and ${is('c.lead_membership_id', leadId)} and ${partOf(ctx, part)}`
  const found = await pageOf(await ctx.tx(), casesWhere(ctx, which), page)
  const rows = found.edges.map(({ node }) => node)
  for (const [id, of] of Map.groupBy(rows, ({ practice }) => practice.id))
    ctx.notes.push({ action: 'read', subject: 'Caseload', subjectIds: of.map((one) => one.id), practiceId: id })
  if (rows.length === 0) ctx.notes.push({ action: 'read', subject: 'Caseload', subjectIds: [] })
  return found
}

function partOf(ctx: Ctx, part: CaseloadPart | null): RawBuilder<SqlBool> {
  if (part === 'unassigned') return sql`c.lead_membership_id is null`
  if (part === 'no-owner') return sql`w.owner_name is null`
  if (part === 'due') return sql`c.due_on <= ${addDays(todayOf(ctx), DUE_WITHIN)}::date`
  if (part !== 'team') return sql`true`
  return sql`c.lead_membership_id in (select t.membership_id from commons_caseload_staff(${todayOf(ctx)}::date, ${momentOf(ctx)}::timestamptz) t
                                      where t.supervisor_id = ${ctx.viewer.membershipId})`
}

export const todayOf = (ctx: Ctx): Day => ctx.clock.today(ctx.region.timeZone)
export const momentOf = (ctx: Ctx): string => ctx.clock.now().toISOString()

const casesWhere = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<CaseRow> => sql<CaseRow>`
  select c.id, json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'city', o.city) as practice,
         c.program, c.points, c.due_on::text as "dueOn", c.lead_membership_id as "leadId", c.lead_name as "leadName", c.lead_since as "leadSince",
         w.owner_name as owner, coalesce(w.covers, false) as "isCovered", c.opened_on::text as "openedOn", c.version, c.due_on::text as sorted
    from care_case c join organization o on o.id = c.practice_id
    left join commons_case_owners(${todayOf(ctx)}::date, ${momentOf(ctx)}::timestamptz) w on w.practice_id = c.practice_id and w.lead_id = c.lead_membership_id
   where ${which} and ${caseRoom(ctx)}`

const caseRoom = (ctx: Ctx) => room(ctx, 'read', 'Caseload', { practiceId: 'c.practice_id' })

/** Cases as they stand in a transaction, of those that the viewer may read. */
export async function casesOf({ db }: Tx, ctx: Ctx, ids: readonly string[]): Promise<readonly CaseRow[]> {
  const { rows } = await casesWhere(ctx, sql`c.id = any (${ids.filter(isUuid)}::uuid[])`).execute(db)
  return rows
}

/** The charts behind cases, for those who may see them: whoever allocates has no right to the column that names them. */
export const chartOfCase = batched(async (ctx: Ctx, ids) => {
  const { db } = await ctx.tx()
  const { rows } = await sql<{ id: string; patient_id: string }>`
    select c.id, c.patient_id from care_case c where c.id = any (${[...ids]}::uuid[]) and ${caseRoom(ctx)}`.execute(db)
  const charts = new Map(
    (
      await readCharts(
        ctx,
        rows.map(({ patient_id }) => patient_id),
      )
    ).map((chart) => [chart.id, chart]),
  )
  return new Map(rows.flatMap((row) => (charts.has(row.patient_id) ? [[row.id, charts.get(row.patient_id)!] as const] : [])))
})
