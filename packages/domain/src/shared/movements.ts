import { sql } from 'kysely'
import type { Tx } from './sessions.ts'

/** Something that people look at has moved on. It tells where, never what: whoever wants to know asks, and is let in or not as ever. */
export type Movement =
  | {
      readonly what: 'figures'
      /** Null: everybody's, as when a run is published. */
      readonly practiceId: string | null
      /** Whose places and gaps; null: too many to name. */
      readonly patientIds: readonly string[] | null
      /** Charts of which nothing moved but what is labelled: that it did is for the patient alone to know (42 CFR 2.13(c)). */
      readonly labelledIds?: readonly string[]
    }
  | { readonly what: 'runs' }

/** PostgreSQL carries 8,000 bytes at a time. */
const MOST_NAMED = 150

/** Told to every process of the service, once the transaction is committed; `db` is a worker's, which knows the channel. */
export async function tellMovement(db: Tx['db'], movement: Movement): Promise<void> {
  await sql`select pg_notify(current_setting('commons.movements'), ${JSON.stringify(shortened(movement))})`.execute(db)
}

/** Patients of charts that are not named learn of it when they look next. */
function shortened(movement: Movement): Movement {
  if (movement.what !== 'figures' || movement.patientIds === null) return movement
  const { patientIds, labelledIds = [], ...rest } = movement
  if (patientIds.length > MOST_NAMED) return { ...rest, patientIds: null }
  return { ...rest, patientIds, labelledIds: labelledIds.slice(0, MOST_NAMED - patientIds.length) }
}

/** What moves while somebody watches. */
export interface Movements {
  /**
   * One value for all that moved since the last, at most a few a second, starting with one that says that the watch stands. It ends when
   * whoever watches may not go on, and when the service stops.
   */
  watch(watcher: Watcher): AsyncIterableIterator<Moved>
}

export interface Watcher {
  /** Of whom: nobody has more than a few watches at a time. */
  readonly userId: string
  /** What a movement means to the watcher; null: nothing. */
  tell(movement: Movement): Moved | null
  /** Asked every few seconds. */
  mayGoOn(): Promise<boolean>
}

export interface Moved {
  /** Charts that moved; null: too many to name, or none in particular. */
  readonly patientIds: readonly string[] | null
}
