import { sql } from 'kysely'
import type { Sessions } from '#shared/sessions'

export interface RatePoints {
  readonly key: string
  /** May be negative: taken back. */
  readonly points: number
}

/**
 * Adds points to counts of a window that began at `windowStart` (ISO), and answers what each stands at now over all processes. Windows
 * that are long over are swept out on the way.
 */
export async function addRatePoints(sessions: Sessions, windowStart: string, added: readonly RatePoints[]): Promise<Map<string, number>> {
  // In one order, so that two processes never wait for each other.
  const rows = added.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  return sessions.within({ kind: 'door' }, async ({ db }) => {
    const { rows: counts } = await sql<{ key: string; points: number }>`
      insert into rate_count as c (key, window_start, points)
      select key, ${windowStart}::timestamptz, points from unnest(${rows.map(({ key }) => key)}::text[], ${rows.map(({ points }) => points)}::int[]) as u (key, points)
      on conflict (key, window_start) do update set points = greatest(0, c.points + excluded.points)
      returning c.key, c.points`.execute(db)
    if (Math.random() < SWEEP)
      await sql`delete from rate_count where window_start < ${windowStart}::timestamptz - interval '1 hour'`.execute(db)
    return new Map(counts.map(({ key, points }) => [key, points]))
  })
}

const SWEEP = 0.01
