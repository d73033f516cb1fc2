import type { Day } from '@carecommons/kernel'
import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'

/** Why no payer has figures: the first of these that holds. */
export type NoFigures = 'no-charts' | 'no-payers' | 'no-members'

interface PayerToShow {
  readonly payerId: string
  readonly start: Day
  readonly end: Day
}

/** The payer whom the newest period that shows any payer something shows most rows; of payers who are shown nothing one with most hidden rows. */
export async function payerToShow(sessions: Sessions): Promise<PayerToShow | NoFigures> {
  return sessions.within({ kind: 'worker', practiceIds: 'none' }, async ({ db }) => {
    const { rows } = await sql<PayerToShow>`
      select f.payer_id as "payerId", p.period_start as start, p.period_end as end
        from publication p join metric_run r on r.id = p.run_id join payer_performance f on f.run_id = coalesce(r.live_of, r.id)
       group by f.payer_id, p.period_start, p.period_end
       order by bool_or(not f.hidden) desc, p.period_end desc, p.period_start desc, count(*) filter (where not f.hidden) desc, count(*) desc, f.payer_id
       limit 1`.execute(db)
    if (rows[0]) return rows[0]
    const charts = await sql`select from metric_chunk c join publication p on p.run_id = c.run_id limit 1`.execute(db)
    if (charts.rows.length === 0) return 'no-charts'
    const payers = await sql`select from organization where kind = 'payer' limit 1`.execute(db)
    return payers.rows.length === 0 ? 'no-payers' : 'no-members'
  })
}
