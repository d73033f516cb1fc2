import type { InferKyselyDB } from '@mikro-orm/sql'
import { HuddleEntry } from '#modules/huddle'
import { ImprovementCycle } from '#modules/improvement'
import { AuditEvent, AuditSeal } from '#modules/audit'
import { Consent, EmergencyAccess, EmergencyBar, EmergencyMiss, ShareGrant } from '#modules/consent'
import {
  AppUser,
  ExternalIdentity,
  Invitation,
  Membership,
  Passkey,
  PasswordCredential,
  RateCount,
  RecoveryCode,
  Session,
  SignInChallenge,
  TotpAuthenticator,
} from '#modules/identity'
import { ImportFile, ImportPending, ImportRejection, ImportRun } from '#modules/intake'
import { ComparisonChunk, ComparisonMove, ComparisonMover, DeckCheck, DraftTrial, MeasureDraft, PackageComparison } from '#modules/packages'
import { Coverage, Patient, PayerEvidence, Person, PersonKey } from '#modules/patient'
import { Agreement, Organization, OrganizationAlias } from '#modules/practice'
import {
  ChangedChart,
  ComingGap,
  ComingGapState,
  GapException,
  MeasureMembership,
  MeasurePackage,
  MeasureTerm,
  MetricChunk,
  MetricRun,
  MonthScore,
  MonthState,
  OpenMembership,
  PayerPerformance,
  PayerScore,
  RunMember,
  Publication,
  Score,
  ShownStratum,
  StrataTerm,
  StratumScore,
} from '#modules/quality'
import { ClinicalFact, Code, DirectoryVersion, ResourceVersion } from '#modules/record'
import { DataWatermark, Region } from '#modules/region'
import { DirtyChart, PatientCondition, PatientSearch, PatientSummary, RegistryCount } from '#modules/registry'
import { RegistryBeginning, RegistryChart, RegistryMembership, RegistryPackage, RegistryPass, RegistryTerm } from '#modules/registries'
import { PatientRisk, RiskCalibration, RiskOutcome, RiskScore, TierOverride } from '#modules/risk'
import { SpentAssertion, SystemClient, SystemToken } from '#modules/systems'
import { SavedView } from '#modules/views'
import { Job, KeptWish } from '#modules/work'
import { CareAssignment } from '#modules/workforce'

/** Every table of the region. */
export const entities = [
  Region,
  DataWatermark,
  Organization,
  OrganizationAlias,
  Agreement,
  AppUser,
  PasswordCredential,
  Membership,
  Session,
  RateCount,
  Invitation,
  TotpAuthenticator,
  Passkey,
  RecoveryCode,
  SignInChallenge,
  CareAssignment,
  Consent,
  ShareGrant,
  EmergencyAccess,
  EmergencyMiss,
  Person,
  PersonKey,
  Patient,
  Coverage,
  PayerEvidence,
  ResourceVersion,
  ClinicalFact,
  Code,
  DirectoryVersion,
  PatientSummary,
  PatientCondition,
  PatientSearch,
  DirtyChart,
  ImportRun,
  ImportFile,
  ImportRejection,
  ImportPending,
  MeasurePackage,
  MeasureTerm,
  StrataTerm,
  StratumScore,
  ShownStratum,
  MetricRun,
  MonthScore,
  MonthState,
  MetricChunk,
  ChangedChart,
  MeasureMembership,
  OpenMembership,
  Score,
  PayerScore,
  RunMember,
  PayerPerformance,
  Publication,
  AuditEvent,
  AuditSeal,
  Job,
  KeptWish,
  SystemClient,
  SystemToken,
  SpentAssertion,
  ExternalIdentity,
  RegistryCount,
  EmergencyBar,
  DeckCheck,
  MeasureDraft,
  DraftTrial,
  PackageComparison,
  ComparisonChunk,
  ComparisonMover,
  ComparisonMove,
  GapException,
  ComingGap,
  ComingGapState,
  PatientRisk,
  RiskScore,
  TierOverride,
  RiskOutcome,
  RiskCalibration,
  RegistryPackage,
  RegistryTerm,
  RegistryPass,
  RegistryBeginning,
  RegistryChart,
  RegistryMembership,
  HuddleEntry,
  SavedView,
  ImprovementCycle,
] as const

/** Tables and columns as raw rows have them, for queries. */
export type Tables = InferKyselyDB<(typeof entities)[number], object>
