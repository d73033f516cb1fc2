import { UnrecoverableError } from 'bullmq'
import { describe as tell, framesOf, JobFailure, PermanentFailure, readReason } from './failure.ts'
import { storable } from './storable.ts'

test('a failure told by its handler is stored as told, and read back', () => {
  const error = storable(tell(new JobFailure('FeedAway', 'The feed did not answer.')))
  expect(error).not.toBeInstanceOf(UnrecoverableError)
  expect(readReason(error.message)).toEqual({ code: 'FeedAway', message: 'The feed did not answer.' })
  expect(error.stack).toBe(error.message)
})

test('a permanent failure is not tried again', () => {
  expect(storable(tell(new PermanentFailure('Gone', 'The file is gone.')))).toBeInstanceOf(UnrecoverableError)
})

test('of any other error only its class and a constant code are kept', () => {
  const error = Object.assign(new RangeError('Quinn Canary'), { code: '23505' })
  expect(tell(error)).toMatchObject({ code: 'Unexpected', message: 'RangeError (23505)' })
  expect(tell(Object.assign(new Error('x'), { code: 'Quinn Canary' })).message).toBe('Error')
  expect(tell('Quinn Canary').message).toBe('A value that is no error was thrown.')
})

test('the frames of an error leave its message out', () => {
  const frames = framesOf(new Error('Quinn\n    at Canary (street 7)'))
  expect(frames).toContain('failure.test.ts')
  expect(frames).not.toContain('Canary')
})

test('the reasons of the queue itself have codes', () => {
  expect(readReason('job stalled more than allowable limit').code).toBe('Stalled')
  expect(readReason('child measures:1 failed').code).toBe('ChildFailed')
  expect(readReason(undefined).code).toBe('Unexpected')
})
