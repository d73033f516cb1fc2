export { openSolver, type Plan, type Problem, problemFaults, proposeAllocation, proposeWith } from '#modules/allocation'
export {
  keepEvents,
  keepJobEvent,
  makeAuditMonths,
  newestSealHead,
  readSealState,
  sealEvents,
  type SealHead,
  verifySeals,
} from '#modules/audit'
export { againstAlone, type CostCell, type CostRule, type CostShare, splitCost, tellTogether } from '#modules/economics'
export { mailEmergency, noteEmergencyUnmailed, REDISCLOSURE_NOTICE } from '#modules/consent'
export {
  addUser,
  countUsers,
  mailInvitation,
  mailRenewed,
  noteInvitationUnmailed,
  type Post,
  resetPassword,
  type SignInCard,
} from '#modules/identity'
export { hasImported, importFhir, type ImportProgress, type ImportReport, type UnfinishedImport, unfinishedImports } from '#modules/intake'
export {
  evaluateChunk,
  failComingGaps,
  failRun,
  type LoadedMeasures,
  loadStarterSet,
  newestPublication,
  openFollower,
  type NoFigures,
  openLoadedMeasures,
  openMonthsFollower,
  PackageDamaged,
  payerToShow,
  planRun,
  publishRun,
  readPerformance,
  readRegionScores,
  readRunProgress,
  requestRun,
  runsUnderWay,
  scoreRun,
  workOutComingGaps,
} from '#modules/quality'
export { failComparison, failDeckCheck, failTrial, runComparison, runDeckCheck, runTrial } from '#modules/packages'
export { declarePart2Program, findOrganizations, labellingsGivenUp, signOnPaper } from '#modules/practice'
export { createRegion, estimateAlike, findRegion, type RegionIdentity } from '#modules/region'
export {
  askForRegistriesInForce,
  askForRegistryPass,
  countPractice,
  type LoadedRegistries,
  loadRegistries,
  openLoadedRegistries,
  openRegistryFollower,
  failRegistryComparison,
  runRegistryComparison,
} from '#modules/registries'
export { failUpload, landUpload } from '#modules/uploads'
export { failExport, forgetExports, writeExport } from '#modules/exports'
export { labelPractice } from '#modules/registry'
export { openRiskFollower } from '#modules/risk'
export { finishJob, type LedgerJob, overdueJobs, readJob, relayJobs, undoneAmong } from '#modules/work'
export type { Bulk, BulkConnection } from './shared/bulk.ts'
export type { Letter, Mail } from './shared/mail.ts'
export { entities, type Tables } from './shared/entities.ts'
export type { Sessions, Tx, TxOptions } from './shared/sessions.ts'
export { failPlan, readStaff, type SeededStaff, type SeededTravel, seedStaff, workOutPlan } from '#modules/workforce'
