import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import { batched } from '#shared/batched'
import { room } from '#shared/room'
import type { AgreementKind } from './organization.entity.ts'

export interface SignedAgreement {
  readonly organizationId: string
  readonly kind: AgreementKind
  readonly version: string
  readonly signedBy: string
  readonly signedAs: string
  readonly signedOn: Day
  readonly manner: 'electronic' | 'paper'
  readonly recordedAt: string
}

/** What an organization signed, by kind, newest wording first. */
export const agreementsOf = batched<SignedAgreement[]>(async (ctx, ids) => {
  const { db } = await ctx.tx()
  const { rows } = await sql<SignedAgreement>`
    select a.organization_id as "organizationId", a.kind, a.version, a.signed_by as "signedBy", a.signed_as as "signedAs", a.signed_on as "signedOn",
           a.manner, a.recorded_at as "recordedAt"
      from agreement a
     where a.organization_id = any (${[...ids]}::uuid[]) and ${room(ctx, 'read', 'Agreement', { organizationId: 'a.organization_id' })}
     order by a.kind desc, a.version desc`.execute(db)
  return Map.groupBy(rows, ({ organizationId }) => organizationId)
})
