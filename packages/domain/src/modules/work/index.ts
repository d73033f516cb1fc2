export { Job } from './job.entity.ts'
