import pg from 'pg'
import { newId } from '@carecommons/kernel'

/** A ledger as the product has one, as small as can be: a row says whether its work is done; doing it twice has one effect. */
export interface Ledger {
  readonly url: string
  /** Writes rows that want work and answers their ids. */
  want(count: number): Promise<string[]>
  /** A delivery begins. */
  began(id: string): Promise<void>
  /** Does the work of a row once, whoever asks and however often. */
  effect(id: string): Promise<void>
  read(id: string): Promise<{ deliveries: number; effects: number }>
  undone(): Promise<string[]>
  close(): Promise<void>
}

export async function openLedger(url: string): Promise<Ledger> {
  const pool = new pg.Pool({ connectionString: url, max: 4 })
  pool.on('error', () => undefined) // the database is dropped while the last connections are on their way out
  await pool.query(
    'create table if not exists ledger (id uuid primary key, deliveries int not null default 0, done boolean not null default false, effects int not null default 0)',
  )
  return {
    url,
    want: async (count) => {
      const ids = Array.from({ length: count }, () => newId())
      await pool.query('insert into ledger (id) select unnest($1::uuid[])', [ids])
      return ids
    },
    began: async (id) => void (await pool.query('update ledger set deliveries = deliveries + 1 where id = $1', [id])),
    effect: async (id) => void (await pool.query('update ledger set done = true, effects = effects + 1 where id = $1 and not done', [id])),
    read: async (id) => {
      const { rows } = await pool.query('select deliveries, effects from ledger where id = $1', [id])
      return rows[0]
    },
    undone: async () => {
      const { rows } = await pool.query('select id from ledger where not done order by id')
      return rows.map((row: { id: string }) => row.id)
    },
    close: () => pool.end(),
  }
}
