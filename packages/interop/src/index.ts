export { coveragePeriods, type CoveragePeriod } from './fhir/coverage-periods.ts'
export { foldForSearch } from './fhir/contact.ts'
export { parseResource } from './fhir/parse-resource.ts'
export { DIRECTORY_TYPES, importRank, isResourceType, PATIENT_PATH, type ResourceType } from './fhir/resource-types.ts'
export type {
  Address,
  Coding,
  DirectoryRecord,
  Fact,
  Identifier,
  ParsedResource,
  PatientRecord,
  PayerEvidence,
  Precision,
  Reference,
  RejectCode,
  Rejected,
} from './fhir/resource.ts'
export { findFiles } from './ndjson/find-files.ts'
export type { Line, NdjsonFile, ReadOptions } from './ndjson/line.ts'
export { readLines } from './ndjson/read-lines.ts'
export { type CsvFault, type CsvRow, type CsvTable, readCsv } from './csv/read-csv.ts'
export { readPracticesBy, type PracticeAssignment, type PracticesBy } from './csv/practices-by.ts'
export { readCell, writeCsv } from './csv/write-csv.ts'
