import { newId } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'

/** The ledger row of the labelling. */
export async function askForLabels({ db }: Pick<Tx, 'db'>, practiceId: string): Promise<void> {
  await sql`
    insert into job (id, name, subject_id, practice_id, state, created_at)
    values (${newId<'Job'>()}, 'record.label', ${practiceId}, ${practiceId}, 'queued', now())`.execute(db)
}
