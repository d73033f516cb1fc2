import { sql } from 'kysely'
import type { Tx } from '#shared/sessions'

/**
 * Takes some charts of a practice until the transaction ends. Whoever writes what a chart is summarised as does so first, in a statement of
 * its own: what it reads afterwards is what the writer before it left, and nobody puts back what another has just taken away. In order of
 * their ids, so that nobody waits in a circle.
 */
export async function lockCharts(db: Tx['db'], practiceId: string, patientIds: readonly string[]): Promise<void> {
  await sql`
    select from patient p where p.practice_id = ${practiceId} and p.id = any (${[...patientIds]}::uuid[]) order by p.id
       for no key update`.execute(db)
}
