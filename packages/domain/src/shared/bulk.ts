import type { Scope } from '@carecommons/access'

/** Statements of one loading transaction. */
export interface Bulk {
  /** Writes rows in COPY's binary format into a table. */
  copy(table: string, columns: readonly string[], rows: Buffer): Promise<void>
  query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
}

/** Work that waits in line for a service's one connection for loading. */
export type IntakeLine = <T>(work: (connection: BulkConnection) => Promise<T>) => Promise<T>

/** One connection for loading; its transactions follow one another. */
export interface BulkConnection {
  within<T>(scope: Scope, work: (bulk: Bulk) => Promise<T>): Promise<T>
  /** Holds a lock of the whole database, by name, while `work` runs; others wait, and are told so. */
  exclusively<T>(what: string, work: () => Promise<T>, onWait?: () => void): Promise<T>
  /** The same for whoever would rather come again: null when the lock is not free within so many milliseconds. */
  exclusivelyWithin<T>(what: string, ms: number, work: () => Promise<T>): Promise<T | null>
  close(): Promise<void>
}
