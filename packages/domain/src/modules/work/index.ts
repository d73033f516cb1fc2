export { Job } from './job.entity.ts'
export { KeptWish } from './kept-wish.entity.ts'
export { finishJob, type LedgerJob, overdueJobs, readJob, relayJobs, undoneAmong } from './ledger.ts'
export { oncePerKey } from './once-per-key.ts'
