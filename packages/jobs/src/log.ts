/** One line of the log: ids, names, codes and counts, never a word of a record. */
export interface JobLogLine {
  readonly level: 'info' | 'warn' | 'error'
  /** A fact in the past: `DeadLetter`, `PayloadRefused`, `HandedBack`. */
  readonly event: string
  readonly [field: string]: string | number | boolean | undefined
}

export type JobLog = (line: JobLogLine) => void

/**
 * Storage errors arrive once per worker and second while a server is away: the same line is written once in ten seconds,
 * with how many were left out.
 */
export function quietly(log: JobLog, everyMs = 10_000): JobLog {
  const seen = new Map<string, { at: number; leftOut: number }>()
  return (line) => {
    const key = JSON.stringify(line)
    const last = seen.get(key)
    if (last && Date.now() - last.at < everyMs) {
      last.leftOut++
      return
    }
    if (seen.size > 1_000) seen.clear()
    seen.set(key, { at: Date.now(), leftOut: 0 })
    log(last?.leftOut ? { ...line, leftOut: last.leftOut } : line)
  }
}
