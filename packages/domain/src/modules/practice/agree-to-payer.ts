import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'

/** Whoever gives somebody a place at a payer that records had only named agrees to it. */
export async function agreeToPayer({ db }: Pick<Tx, 'db'>, organizationId: string): Promise<void> {
  await sql`select from commons_agree_to_payer(${organizationId})`.execute(db)
}
