import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { OrganizationRow } from '#modules/practice'
import { batched } from '#shared/batched'
import type { Ctx } from '#shared/context'
import { isOpen } from '#shared/room'
import type { Tx } from '#shared/sessions'
import { consentRoom } from './consent-room.ts'
import { organizationAs } from './organization-as.ts'
import type { ConsentKind, ConsentManner } from './consent.entity.ts'
import type { SensitiveCategory } from './share-category.ts'

export interface ConsentRow {
  readonly id: string
  readonly patientId: string
  readonly kind: ConsentKind
  readonly category: SensitiveCategory | null
  readonly recipient: OrganizationRow
  readonly manner: ConsentManner
  readonly givenBy: string
  readonly givenAs: string
  readonly givenOn: Day
  readonly scope: string
  readonly expiresAt: string | null
  readonly recordedByName: string
  readonly recordedAt: string
  readonly endedAt: string | null
  readonly endedByName: string | null
  readonly isOpen: boolean
}

/** What a patient agreed to, what was revoked included, newest first. */
export const consentsOf = batched(async (ctx: Ctx, ids): Promise<Map<string, ConsentRow[]>> => {
  const rows = await select(await ctx.tx(), ctx, sql`c.patient_id = any (${[...ids]}::uuid[])`)
  return Map.groupBy(rows, ({ patientId }) => patientId)
})

export async function consentById(tx: Tx, ctx: Ctx, id: string): Promise<ConsentRow> {
  const [row] = await select(tx, ctx, sql`c.id = ${id}`)
  if (!row) throw new Error('A consent that was just written is not there.')
  return row
}

async function select(tx: Tx, ctx: Ctx, which: ReturnType<typeof sql>): Promise<ConsentRow[]> {
  const { rows } = await sql<ConsentRow>`
    select c.id, c.patient_id as "patientId", c.kind, c.category, ${organizationAs('o')} as recipient, c.manner, c.given_by as "givenBy",
           c.given_as as "givenAs", c.given_on as "givenOn", c.scope, c.expires_at as "expiresAt", c.recorded_by_name as "recordedByName",
           c.recorded_at as "recordedAt", c.ended_at as "endedAt", c.ended_by_name as "endedByName", (${isOpen('c')}) as "isOpen"
      from consent c join organization o on o.id = c.recipient_id
     where ${which} and ${consentRoom(ctx, 'read')}
     order by c.recorded_at desc, c.id desc`.execute(tx.db)
  return rows
}
