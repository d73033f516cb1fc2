export { hasImported } from './has-imported.ts'
export { importFhir, type ImportProgress, type ImportReport } from './import-fhir.ts'
export { ImportFile, ImportPending, ImportRejection, ImportRun } from './intake.entity.ts'
export { type UnfinishedImport, unfinishedImports } from './unfinished-imports.ts'
