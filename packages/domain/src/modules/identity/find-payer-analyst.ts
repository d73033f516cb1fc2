import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'

export interface ActingMember {
  readonly userId: string
  readonly membershipId: string
  readonly organizationId: string
}

/** An analyst of the payer that the newest publication shows most members of; null when no payer has one. */
export async function findPayerAnalyst(sessions: Sessions): Promise<ActingMember | null> {
  const { rows } = await sessions.within({ kind: 'worker', practiceIds: 'none' }, ({ db }) =>
    sql<ActingMember>`
      select m.user_id as "userId", m.id as "membershipId", m.organization_id as "organizationId"
        from membership m
        left join lateral (select sum(s.initial_population) as members from payer_score s
                            where s.payer_id = m.organization_id and s.practice_id is null
                              and s.run_id = (select run_id from publication order by period_end desc limit 1)) p on true
       where m.role = 'payer-analyst' order by p.members desc nulls last, m.id limit 1`.execute(db),
  )
  return rows[0] ?? null
}
