export { ImportFile, ImportPending, ImportRejection, ImportRun } from './intake.entity.ts'
