import type { RejectCode } from './resource.ts'

/**
 * Leaves the reader from any depth. It never leaves the package: `parseResource` catches it and returns it as a value.
 * Without a stack, because a file of bad lines makes millions of them.
 */
export class Fault extends Error {
  constructor(
    readonly code: RejectCode,
    /** Without the place: `must be a string, is a number`. */
    readonly words: string,
    readonly path: string | null,
    readonly column: number | null,
  ) {
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(words)
    Error.stackTraceLimit = limit
  }
}
