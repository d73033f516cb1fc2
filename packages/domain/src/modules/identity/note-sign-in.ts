import type { Tx } from '#shared/sessions'

/** Remembers when somebody last came in under a membership: whoever manages people sees which accounts are not used. */
export async function noteSignIn({ db }: Tx, membershipId: string, at: Date): Promise<void> {
  await db.updateTable('membership').set({ last_signed_in_at: at.toISOString() }).where('id', '=', membershipId).execute()
}
