export { openBulk } from './bulk.ts'
export { migrate, pendingMigrations, schemaChanges } from './migrate.ts'
export type { AppLogin } from './roles.ts'
export { type Database, openDatabase } from './session.ts'
