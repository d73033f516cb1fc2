import { assignableRoles, type RoleName } from '@carecommons/access'
import { addDays, type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { type Connection, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import { folded, wordsBegin } from '#shared/words-begin'
import type { Discipline } from '../duty.ts'
import type { CredentialKind, TrainingKind } from './staff.entity.ts'

/** A person of the shared staff. What was not recorded of them yet is null. */
export interface StaffRow {
  /** Of the membership. */
  readonly id: string
  readonly name: string
  readonly role: RoleName
  readonly discipline: Discipline | null
  readonly employer: string | null
  readonly ftePercent: number | null
  readonly weeklyMinutes: number | null
  readonly homeBase: string | null
  readonly languages: readonly string[]
  readonly supervisorId: string | null
  /** 0: nothing was recorded yet. */
  readonly version: number
}

export interface StaffFilter {
  readonly search: string | null
  /** Only people with a credential that is past its end or within 90 days of it. */
  readonly ending: boolean
}

/** A page of the shared staff by name: of the region all, of a care manager herself. */
export async function listSharedStaff(ctx: Ctx, { search, ending }: StaffFilter, page: PageWanted): Promise<Connection<StaffRow>> {
  const soon = addDays(ctx.clock.today(ctx.region.timeZone), 90)
  const which = sql<SqlBool>`${wordsBegin(search, 'u.name')} and (not ${ending} or exists (
    select from staff_credential c where c.membership_id = m.id and c.ended_at is null and c.expires_on <= ${soon}::date))`
  return pageOf(await ctx.tx(), staff(ctx, which), page)
}

export async function openStaff(ctx: Ctx, id: string): Promise<StaffRow | null> {
  if (!isUuid(id)) return null
  const { rows } = await staff(ctx, sql`m.id = ${id}`).execute((await ctx.tx()).db)
  return rows[0] ?? null
}

/** Everybody of the shared staff, by name. */
export async function listAllStaff(ctx: Ctx): Promise<StaffRow[]> {
  const { rows } = await staff(ctx, sql`true`).execute((await ctx.tx()).db)
  return rows.toSorted((a, b) => a.name.localeCompare(b.name))
}

const staff = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<StaffRow> => sql<StaffRow>`
  select m.id, u.name, m.role, s.discipline, s.employer, s.fte_percent as "ftePercent", s.weekly_minutes as "weeklyMinutes",
         s.home_base as "homeBase", coalesce(s.languages, '{}') as languages, s.supervisor_id as "supervisorId",
         coalesce(s.version, 0) as version, ${folded(sql`u.name`)} as sorted
    from membership m join app_user u on u.id = m.user_id join organization o on o.id = m.organization_id
    left join staff_member s on s.membership_id = m.id
   where o.kind = 'coordinating-body' and m.role = any (${[...assignableRoles]}::text[]) and m.ended_at is null
     and (m.ends_on is null or m.ends_on >= ${ctx.clock.today(ctx.region.timeZone)}) and ${which}
     and ${room(ctx, 'read', 'Staff', { membershipId: 'm.id' })}`

/** Names of supervisors, where the viewer may read them. */
export const staffNameOf = batched<string>(async (ctx, ids) => {
  const { rows } = await sql<{ id: string; name: string }>`
    select m.id, u.name from membership m join app_user u on u.id = m.user_id where m.id = any (${[...ids]}::uuid[])`.execute(
    (await ctx.tx()).db,
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
})

export interface CredentialRow {
  readonly id: string
  readonly membershipId: string
  readonly kind: CredentialKind
  readonly title: string
  readonly state: string
  readonly number: string
  readonly expiresOn: Day | null
}

/** Credentials that go on, those that end first in front. */
export const credentialsOf = batched<CredentialRow[]>(async (ctx, ids) => {
  const { rows } = await sql<CredentialRow>`
    select c.id, c.membership_id as "membershipId", c.kind, c.title, c.state, c.number, c.expires_on as "expiresOn"
      from staff_credential c where c.membership_id = any (${[...ids]}::uuid[]) and c.ended_at is null
       and ${room(ctx, 'read', 'Staff', { membershipId: 'c.membership_id' })} order by c.expires_on nulls last, c.title, c.id`.execute(
    (await ctx.tx()).db,
  )
  return Map.groupBy(rows, ({ membershipId }) => membershipId)
})

export interface TrainingRow {
  readonly id: string
  readonly membershipId: string
  readonly kind: TrainingKind
  readonly title: string
  readonly day: Day
  readonly done: boolean
  readonly minutes: number
}

/** Training, what is still to do in front, then the newest. */
export const trainingOf = batched<TrainingRow[]>(async (ctx, ids) => {
  const { rows } = await sql<TrainingRow>`
    select t.id, t.membership_id as "membershipId", t.kind, t.title, t.day, t.done, t.minutes
      from staff_training t where t.membership_id = any (${[...ids]}::uuid[])
       and ${room(ctx, 'read', 'Staff', { membershipId: 't.membership_id' })} order by t.done, t.day desc, t.title, t.id`.execute(
    (await ctx.tx()).db,
  )
  return Map.groupBy(rows, ({ membershipId }) => membershipId)
})
