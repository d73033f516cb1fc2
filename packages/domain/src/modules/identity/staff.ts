import { type RoleName, roleNames, rolePages } from '@carecommons/access'
import { type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { OrganizationKind, OrganizationRow } from '#modules/practice'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { type Connection, mapPage, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import { folded, wordsBegin } from '#shared/words-begin'
import { isLive, liveOn } from './live-membership.ts'

/** A person in an organization, as those who manage people see them. */
export interface StaffMember {
  readonly id: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly role: RoleName
  readonly organization: OrganizationRow
  readonly startsOn: Day
  readonly endsOn: Day | null
  readonly endedAt: string | null
  readonly lastSignedInAt: string | null
  readonly isLive: boolean
  /** Since when it waits to be confirmed: its person chose new ways in at another organization. */
  readonly waitsSince: string | null
}

export interface StaffFilter {
  readonly kind: OrganizationKind | null
  readonly organizationId: string | null
  /** Words of the name or the address. */
  readonly search?: string | null
  /** Also those whose membership ended. */
  readonly ended: boolean
}

/** Patients are no staff, and systems have a page of their own. */
const staffRoles = roleNames.filter((role) => role !== 'patient' && rolePages[role].holder === 'person')

/** A page of people, by name. */
export async function listStaff(ctx: Ctx, filter: StaffFilter, page: PageWanted): Promise<Connection<StaffMember>> {
  const { kind, organizationId, search, ended } = filter
  const tx = await ctx.tx()
  const which = sql<SqlBool>`(${kind}::text is null or o.kind = ${kind}) and ${isAt(organizationId)}
    and (${ended} or ${liveOn('m', todayOf(ctx))}) and ${wordsBegin(search, 'u.name', 'u.email')}`
  return mapPage(await pageOf(tx, staff(ctx, which), page), (row) => memberOf(ctx, row))
}

export async function readStaffMember(ctx: Ctx, membershipId: string): Promise<StaffMember | null> {
  return isUuid(membershipId) ? first(ctx, sql`m.id = ${membershipId}`) : null
}

/** Who signs in with an address and works at an organization today; of several memberships the first. */
export const liveStaffAt = (ctx: Ctx, organizationId: string, email: string): Promise<StaffMember | null> =>
  first(ctx, sql`o.id = ${organizationId} and u.email = ${email} and ${liveOn('m', todayOf(ctx))}`)

/** How many people's membership holds today, by organization. */
export const countStaffOf = batched<number>(async (ctx, ids) => {
  const { db } = await ctx.tx()
  const which = sql<SqlBool>`o.id = any (${[...ids]}::uuid[]) and ${liveOn('m', todayOf(ctx))}`
  const { rows } = await sql<{ at: string; people: number }>`
    select s.organization ->> 'id' as at, count(*)::int as people from (${staff(ctx, which)}) s group by 1`.execute(db)
  return new Map(rows.map(({ at, people }) => [at, people]))
})

/** What is no id is no organization's, like an id that none has. */
export const isAt = (organizationId: string | null): RawBuilder<SqlBool> =>
  organizationId === null ? sql`true` : isUuid(organizationId) ? sql`o.id = ${organizationId}` : sql`false`

const todayOf = (ctx: Ctx): Day => ctx.clock.today(ctx.region.timeZone)

async function first(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<StaffMember | null> {
  const { db } = await ctx.tx()
  const { rows } = await sql<Row>`select * from (${staff(ctx, which)}) s order by s.id limit 1`.execute(db)
  return rows[0] ? memberOf(ctx, rows[0]) : null
}

type Row = Omit<StaffMember, 'isLive' | 'startsOn' | 'endsOn' | 'endedAt'> & {
  starts_on: Day
  ends_on: Day | null
  ended_at: string | null
}

const staff = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<Row> => sql<Row>`
  select m.id, m.user_id as "userId", u.name, u.email, m.role, m.starts_on, m.ends_on, m.ended_at, m.last_signed_in_at as "lastSignedInAt",
         m.waits_since as "waitsSince",
         json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'city', o.city) as organization,
         ${folded(sql`u.name`)} as sorted
    from membership m join app_user u on u.id = m.user_id join organization o on o.id = m.organization_id
   where ${which} and m.role = any (${staffRoles}::text[]) and ${room(ctx, 'read', 'Membership', { organizationId: 'm.organization_id' })}`

const memberOf = (ctx: Ctx, { starts_on, ends_on, ended_at, ...row }: Row): StaffMember => ({
  ...row,
  startsOn: starts_on,
  endsOn: ends_on,
  endedAt: ended_at,
  isLive: isLive({ starts_on, ends_on, ended_at }, todayOf(ctx)),
})
