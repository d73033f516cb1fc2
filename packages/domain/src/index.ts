export { entities, type Tables } from './shared/entities.ts'
export type { Bulk, BulkConnection } from './shared/bulk.ts'
