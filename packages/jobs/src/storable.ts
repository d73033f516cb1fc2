import { UnrecoverableError } from 'bullmq'
import { type JobFailure, PermanentFailure } from './failure.ts'

/** The error handed to the queue: its text is all that storage keeps, without a stack. */
export function storable(failure: JobFailure): Error {
  const text = `${failure.code}: ${failure.message}`.slice(0, 300)
  const error = failure instanceof PermanentFailure ? new UnrecoverableError(text) : new Error(text)
  error.stack = text
  return error
}
