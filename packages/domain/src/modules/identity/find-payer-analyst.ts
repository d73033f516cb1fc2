import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'

export interface ActingMember {
  readonly userId: string
  readonly membershipId: string
  readonly organizationId: string
}

/** An analyst of the payer whom the newest publication shows most rows; null when no payer has one. */
export async function findPayerAnalyst(sessions: Sessions): Promise<ActingMember | null> {
  const { rows } = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    sql<ActingMember>`
      select m.user_id as "userId", m.id as "membershipId", m.organization_id as "organizationId"
        from membership m
        left join lateral (select count(*) as shown from payer_performance s
                            where s.payer_id = m.organization_id and not s.hidden
                              and s.run_id = (select run_id from publication order by period_end desc limit 1)) p on true
       where m.role = 'payer-analyst' order by p.shown desc, m.id limit 1`.execute(db),
  )
  return rows[0] ?? null
}
