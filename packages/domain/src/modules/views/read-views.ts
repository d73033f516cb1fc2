import type { Action } from '@carecommons/access'
import { isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { PatientColumnName, PatientFilter, PatientOrderName } from '#modules/registry'
import type { Ctx } from '#shared/context'
import { type Connection, mapPage, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'
import type { ViewAudience, ViewPart } from './saved-view.entity.ts'

export interface ViewRow {
  readonly id: string
  readonly name: string
  readonly audience: ViewAudience
  readonly mine: boolean
  readonly owner: string
  /** Null over all practices of a care manager. */
  readonly practiceName: string | null
  readonly filter: Omit<PatientFilter, 'search'>
  readonly sort: PatientOrderName
  readonly reversed: boolean
  readonly columns: readonly PatientColumnName[]
  readonly version: number
  readonly changedBy: string
  readonly changedAt: string
}

export type StandingView = ViewRow & {
  readonly practice_id: string | null
  readonly parts: Readonly<Record<ViewPart, number>>
  readonly ended_at: string | null
}

/** The own views and those shared with a practice in reach, by name. Whoever reads no clinical facts gets none that tell of them. */
export async function readViews(ctx: Ctx, page: PageWanted): Promise<Connection<ViewRow>> {
  return mapPage(await pageOf(await ctx.tx(), views(ctx, 'read', sql`v.ended_at is null`), page), (row): ViewRow => row)
}

/** One of them, withdrawn or not, as it stands in a transaction that may change it. */
export async function viewFor(tx: Tx, ctx: Ctx, action: Action, id: string): Promise<StandingView | null> {
  if (!isUuid(id)) return null
  const { rows } = await views(ctx, action, sql`v.id = ${id}`).execute(tx.db)
  return rows[0] ?? null
}

const views = (ctx: Ctx, action: Action, which: RawBuilder<SqlBool>): RawBuilder<StandingView> => sql<StandingView>`
  select v.id, v.name, v.audience, v.membership_id = ${ctx.viewer.membershipId} as mine, v.owner_name as owner, v.practice_id,
         o.name as "practiceName", v.filter, v.sort, v.reversed, v.columns, v.version, v.part_versions as parts, v.changed_by_name as "changedBy",
         v.changed_at as "changedAt", v.ended_at, concat(lower(v.name), chr(1), v.owner_name) as sorted
    from saved_view v left join organization o on o.id = v.practice_id
   where ${which} and (not v.clinical or ${ctx.ability.can('read', 'ClinicalRecord')})
     and ${room(ctx, action, 'SavedView', { practiceId: 'v.practice_id', membershipId: 'v.membership_id', audience: 'v.audience' })}`
