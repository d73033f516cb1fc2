import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'

export interface SealState {
  readonly sealedUntil: string | null
  /** Rows that bear no seal yet. */
  readonly waiting: number
}

/** How far the audit is sealed. */
export const readSealState = (sessions: Sessions): Promise<SealState> =>
  sessions.within({ kind: 'sealer' }, async ({ db }) => {
    const { rows } = await sql<SealState>`
      select (select to_char(max(sealed_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') from audit_seal) as "sealedUntil",
             (select count(*)::int from audit_event e where not exists (select from audit_seal s where s.event_id = e.id)) as waiting`.execute(
      db,
    )
    return rows[0]!
  })
