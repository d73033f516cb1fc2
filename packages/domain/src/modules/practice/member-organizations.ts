import { type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { type Connection, mapPage, pageOf, type PageWanted } from '#shared/page-of'
import { room } from '#shared/room'
import { folded, wordsBegin } from '#shared/words-begin'
import type { OrganizationKind } from './organization.entity.ts'
import type { OrganizationRow } from './organizations-by-id.ts'

/** An organization as a member of the region, for those who onboard and manage it. */
export interface MemberOrganization {
  readonly id: string
  readonly organization: OrganizationRow
  readonly createdAt: string
  /** Of a practice: null until both agreements are signed. */
  readonly activeSince: Day | null
  readonly version: number
  /** A program under 42 CFR Part 2: its records are labelled as they arrive. */
  readonly isPart2Program: boolean
  /** False: a payer that records name and the region has not agreed to yet. */
  readonly isAgreed: boolean
}

export interface MemberFilter {
  readonly kind: OrganizationKind | null
  /** Words of the name, the city or the short name. */
  readonly search: string | null
  readonly active: boolean | null
}

/** A page of organizations by name: of the region all, of a practice its own. */
export async function listMemberOrganizations(
  ctx: Ctx,
  { kind, search, active }: MemberFilter,
  page: PageWanted,
): Promise<Connection<MemberOrganization>> {
  const which = sql<SqlBool>`(${kind}::text is null or o.kind = ${kind})
    and (${active}::boolean is null or (o.active_since is not null) = ${active}) and ${wordsBegin(search, 'o.name', 'o.city', 'o.slug')}`
  return mapPage(await pageOf(await ctx.tx(), members(ctx, which), page), memberOf)
}

export async function readMemberOrganization(ctx: Ctx, id: string): Promise<MemberOrganization | null> {
  if (!isUuid(id)) return null
  const { db } = await ctx.tx()
  const { rows } = await members(ctx, sql`o.id = ${id}`).execute(db)
  return rows[0] ? memberOf(rows[0]) : null
}

type Row = OrganizationRow & { created_at: string; active_since: Day | null; version: number; part2_program: boolean; agreed: boolean }

const members = (ctx: Ctx, which: RawBuilder<SqlBool>): RawBuilder<Row> => sql<Row>`
  select o.id, o.name, o.slug, o.kind, o.city, o.created_at, o.active_since, o.version, o.part2_program, o.agreed,
         ${folded(sql`o.name`)} as sorted
    from organization o where ${which} and ${room(ctx, 'read', 'Organization', { organizationId: 'o.id' })}`

const memberOf = ({ id, name, slug, kind, city, created_at, active_since, version, part2_program, agreed }: Row): MemberOrganization => ({
  id,
  organization: { id, name, slug, kind, city },
  createdAt: created_at,
  activeSince: kind === 'practice' ? active_since : null,
  version,
  isPart2Program: part2_program,
  isAgreed: agreed,
})
