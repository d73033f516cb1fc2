export {
  type Delivery,
  type Enqueue,
  isJobName,
  type JobContract,
  jobContracts,
  type JobHandlers,
  type JobName,
  jobNames,
  type JobTree,
  type LedgerJobName,
  type QueueName,
  type RunningJob,
  type ScheduleTick,
} from './contract.ts'
export type { WorkOptions } from './consumer.ts'
export type { Backend } from './engine.ts'
export { type Explain, JobFailure, PermanentFailure } from './failure.ts'
export type { JobLog, JobLogLine } from './log.ts'
export { type DeadLetter, type Health, type Jobs, openJobs, type QueueCounts } from './queue-system.ts'
export type { Schedule } from './producer.ts'
