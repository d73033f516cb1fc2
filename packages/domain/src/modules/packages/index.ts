export { DeckCheck } from './packages.entity.ts'
export type { PackageDesk } from './package-desk.ts'
export { failDeckCheck, runDeckCheck } from './run-deck-check.ts'
