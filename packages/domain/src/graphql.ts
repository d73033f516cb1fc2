import 'reflect-metadata'
import { AccountResolver } from './modules/identity/account.resolver.ts'
import { ConsentResolver } from './modules/consent/consent.resolver.ts'
import { SharingResolver } from './modules/consent/sharing.resolver.ts'
import { CaseloadResolver } from './modules/caseload/caseload.resolver.ts'
import { HuddleResolver } from './modules/huddle/huddle.resolver.ts'
import { IdentityResolver } from './modules/identity/identity.resolver.ts'
import { ImprovementResolver } from './modules/improvement/improvement.resolver.ts'
import { InvitationAcceptanceResolver } from './modules/identity/invitation-acceptance.resolver.ts'
import { OversightResolver } from './modules/oversight/oversight.resolver.ts'
import { OrganizationPeopleResolver, PeopleResolver } from './modules/identity/people.resolver.ts'
import { OutsideResolver } from './modules/identity/outside.resolver.ts'
import { PatientSignInResolver } from './modules/identity/patient-sign-in.resolver.ts'
import { ComparisonsResolver } from './modules/packages/comparisons.resolver.ts'
import { TypedValueResolver } from './modules/intake/typed-value.resolver.ts'
import { DraftsResolver } from './modules/packages/drafts.resolver.ts'
import { PackagesResolver } from './modules/packages/packages.resolver.ts'
import { PatientResolver } from './modules/patient/patient.resolver.ts'
import { PracticeResolver } from './modules/practice/practice.resolver.ts'
import { MovedResolver } from './modules/quality/moved.resolver.ts'
import { GapExceptionResolver } from './modules/quality/gap-exception.resolver.ts'
import { QualityResolver } from './modules/quality/quality.resolver.ts'
import { ReasonResolver } from './modules/quality/reason.resolver.ts'
import { RegionResolver } from './modules/region/region.resolver.ts'
import { PracticeOverviewResolver } from './modules/registry/practice-overview.resolver.ts'
import { RegistryComparisonsResolver } from './modules/registries/comparisons.resolver.ts'
import { RegistriesResolver } from './modules/registries/registries.resolver.ts'
import { RegistryDeskResolver } from './modules/registries/registry-desk.resolver.ts'
import { RegistryResolver } from './modules/registry/registry.resolver.ts'
import { PatientRiskFieldResolver, RiskResolver } from './modules/risk/risk.resolver.ts'
import { TierOverrideResolver } from './modules/risk/tier-override.resolver.ts'
import { LeaveResolver } from './modules/workforce/leave/leave.resolver.ts'
import { NeedResolver } from './modules/workforce/need/need.resolver.ts'
import { PlanApplicationResolver } from './modules/workforce/plans/apply/apply.resolver.ts'
import { PlansResolver } from './modules/workforce/plans/plans.resolver.ts'
import { StaffResolver } from './modules/workforce/people/staff.resolver.ts'
import { ScheduleResolver } from './modules/workforce/schedule/schedule.resolver.ts'
import { OrganizationAssignmentsResolver, WorkforceResolver } from './modules/workforce/workforce.resolver.ts'
import { ExportsResolver } from './modules/exports/exports.resolver.ts'
import { UploadsResolver } from './modules/uploads/uploads.resolver.ts'
import { ViewsResolver } from './modules/views/views.resolver.ts'
import { SystemsResolver } from './modules/systems/systems.resolver.ts'

/** Everything the API can be asked. */
export const resolvers = [
  AccountResolver,
  ComparisonsResolver,
  DraftsResolver,
  ConsentResolver,
  CaseloadResolver,
  HuddleResolver,
  IdentityResolver,
  ImprovementResolver,
  InvitationAcceptanceResolver,
  LeaveResolver,
  NeedResolver,
  PlanApplicationResolver,
  PlansResolver,
  MovedResolver,
  OversightResolver,
  OrganizationAssignmentsResolver,
  OrganizationPeopleResolver,
  OutsideResolver,
  PackagesResolver,
  PatientResolver,
  PatientSignInResolver,
  PeopleResolver,
  PracticeOverviewResolver,
  PracticeResolver,
  GapExceptionResolver,
  QualityResolver,
  ReasonResolver,
  RegionResolver,
  RegistriesResolver,
  RegistryComparisonsResolver,
  RegistryDeskResolver,
  RegistryResolver,
  PatientRiskFieldResolver,
  RiskResolver,
  TierOverrideResolver,
  SharingResolver,
  ScheduleResolver,
  StaffResolver,
  WorkforceResolver,
  SystemsResolver,
  TypedValueResolver,
  ExportsResolver,
  UploadsResolver,
  ViewsResolver,
] as const

export { keepDoorEvent } from './modules/audit/keep-door-event.ts'
export { requireStepUp } from './modules/identity/confirm.ts'
export { openSession } from './modules/identity/open-session.ts'
export { exportAudit } from './modules/oversight/export-audit.ts'
export { receiveResource } from './modules/intake/receive-resource.ts'
export { type IdentifierToken, readCondition } from './modules/intake/source-id.ts'
export { addRatePoints } from './modules/identity/rate-counts.ts'
export { type OutsideIdentity, signInFromOutside } from './modules/identity/sign-in-from-outside.ts'
export { loadPackage, type LoadOutcome } from './modules/packages/load-package.ts'
export { startDeckCheck } from './modules/packages/start-deck-check.ts'
export { openPackageDesk, type PackageDesk, type UrlPrefixes } from './modules/packages/package-desk.ts'
export { downloadExport } from './modules/exports/download-export.ts'
export { keepUpload, LARGEST_UPLOAD } from './modules/uploads/keep-upload.ts'
export { exportOutreach } from './modules/registry/export-outreach.ts'
export { exportPerformance } from './modules/quality/export-performance.ts'
export { issueToken, KeysUnreachable, type TokenDesk } from './modules/systems/issue-token.ts'
export { assertionAlgorithms, type PublicKey, readKeySet } from './modules/systems/key-set.ts'
export { openSystem } from './modules/systems/open-system.ts'
export type { IntakeLine } from './shared/bulk.ts'
export type { Act, Ctx } from './shared/context.ts'
export type { ConfirmedWhen, DoorRule, Need, NeedOf } from './shared/door.ts'
export { type Moved, type Movement, type Movements, type Watcher } from './shared/movements.ts'
export { openVault } from './shared/vault.ts'
export type { OpenSession, RelyingParty, SessionLook, SignInLimits, Visit } from './shared/visit.ts'
