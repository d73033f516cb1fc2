export { entities, type Tables } from './shared/entities.ts'
export type { Bulk, BulkConnection } from './shared/bulk.ts'
export type { Sessions, Tx } from './shared/sessions.ts'
