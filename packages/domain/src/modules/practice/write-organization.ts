import { sql } from 'kysely'
import type { Ctx } from '#shared/context'
import { room } from '#shared/room'
import type { Tx } from '#shared/sessions'

interface Written {
  readonly id: string
  readonly name: string
  readonly city: string | null
  readonly isPart2Program: boolean
  /** The version that the person saw. */
  readonly version: number
}

/** Writes what people edit of one organization, if nobody did meanwhile; answers whether it was written. */
export async function writeOrganization({ db }: Tx, ctx: Ctx, { id, name, city, isPart2Program, version }: Written): Promise<boolean> {
  const { rows } = await sql`
    select w.id from organization o, commons_update_organization(o.id, ${version}, ${name}, ${city}, ${isPart2Program}) w
     where o.id = ${id} and ${room(ctx, 'update', 'Organization', { organizationId: 'o.id' })}`.execute(db)
  return rows.length > 0
}
