/** One line of the log: ids, names, codes and counts, never a word of a record. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  /** A fact in the past: `BugMet`, `DatabaseUnreachable`. */
  readonly event: string
  readonly [field: string]: string | number | boolean | undefined
}

export type Log = (line: LogLine) => void
