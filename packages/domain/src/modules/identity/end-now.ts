import type { Clock } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'

/** Ends a membership of staff or of a system; answers whether it did. The database keeps every organization its last administrator. */
export async function endNow({ db }: Pick<Tx, 'db'>, clock: Clock, membershipId: string): Promise<boolean> {
  const { rows } = await sql`select id from commons_end_membership(${membershipId}, ${clock.now().toISOString()})`.execute(db)
  return rows.length > 0
}
