import { type Day, isUuid } from '@carecommons/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
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

/** Organizations by name: of the region all, of a practice its own. */
export const listMemberOrganizations = (ctx: Ctx, kind: OrganizationKind | null): Promise<MemberOrganization[]> =>
  read(ctx, kind === null ? sql`true` : sql`o.kind = ${kind}`)

export async function readMemberOrganization(ctx: Ctx, id: string): Promise<MemberOrganization | null> {
  if (!isUuid(id)) return null
  const [found] = await read(ctx, sql`o.id = ${id}`)
  return found ?? null
}

async function read(ctx: Ctx, which: RawBuilder<SqlBool>): Promise<MemberOrganization[]> {
  const { db } = await ctx.tx()
  const { rows } = await sql<
    OrganizationRow & { created_at: string; active_since: Day | null; version: number; part2_program: boolean; agreed: boolean }
  >`
    select o.id, o.name, o.slug, o.kind, o.city, o.created_at, o.active_since, o.version, o.part2_program, o.agreed
      from organization o
     where ${which} and ${room(ctx, 'read', 'Organization', { organizationId: 'o.id' })} order by o.name, o.id`.execute(db)
  return rows.map(({ created_at, active_since, version, part2_program, agreed, ...organization }) => ({
    id: organization.id,
    organization,
    createdAt: created_at,
    activeSince: organization.kind === 'practice' ? active_since : null,
    version,
    isPart2Program: part2_program,
    isAgreed: agreed,
  }))
}
