export { importFhir, type ImportProgress, type ImportReport, type ImportRequest } from './import-fhir.ts'
export { ImportFile, ImportPending, ImportRejection, ImportRun } from './intake.entity.ts'
export { slugOf } from './region-directory.ts'
