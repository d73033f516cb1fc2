/**
 * A failure told in words that may be stored and logged: a code for programs, a message without any part of a record.
 * The job is tried again.
 */
export class JobFailure extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = new.target.name
    this.code = code
  }
}

/** A failure that another attempt cannot mend: the job becomes a dead letter at once. */
export class PermanentFailure extends JobFailure {}

/** Turns a thrown value of the domain into words safe to store; `null` leaves it to the rule below. */
export type Explain = (thrown: unknown) => JobFailure | null

/** The reason of a dead letter. */
export interface Reason {
  readonly code: string
  readonly message: string
}

/**
 * Any other error may carry a row, a name or a value in its message ("Key (mrn)=(123) already exists"), so only its
 * class is kept. `Error.code` values are constants of Node and PostgreSQL and say what happened: kept when they look so.
 */
export function describe(thrown: unknown, explain: Explain = () => null): JobFailure {
  if (thrown instanceof JobFailure) return thrown
  const told = explain(thrown)
  if (told) return told
  if (!(thrown instanceof Error)) return new JobFailure('Unexpected', 'A value that is no error was thrown.')
  const code = 'code' in thrown && typeof thrown.code === 'string' && /^[A-Z0-9_]{2,40}$/.test(thrown.code) ? ` (${thrown.code})` : ''
  return new JobFailure('Unexpected', `${thrown.constructor.name}${code}`)
}

/** Reads a stored reason back; the queue's own reasons get codes of ours. */
export function readReason(stored: string | undefined): Reason {
  const [, code, message] = /^([A-Z][A-Za-z0-9]{0,63}): (.*)$/s.exec(stored ?? '') ?? []
  if (code !== undefined && message !== undefined) return { code, message }
  if (stored?.startsWith('child ')) return { code: 'ChildFailed', message: 'A job it waited for is a dead letter.' }
  if (stored?.includes('stalled more than')) return { code: 'Stalled', message: 'Too many workers died while running it.' }
  return { code: 'Unexpected', message: 'The queue gave no reason.' }
}

/** Where an error was thrown, without its message: the frames name files and lines only. */
export const framesOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error
    ? thrown.stack
        ?.split('\n')
        .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line))
        .slice(0, 8)
        .map((line) => line.trim())
        .join(' < ')
    : undefined
