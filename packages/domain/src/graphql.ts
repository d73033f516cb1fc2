import 'reflect-metadata'
import { IdentityResolver } from './modules/identity/identity.resolver.ts'
import { PatientResolver } from './modules/patient/patient.resolver.ts'
import { RegistryResolver } from './modules/registry/registry.resolver.ts'

/** Everything the API can be asked. */
export const resolvers = [IdentityResolver, PatientResolver, RegistryResolver] as const

export type { Ctx, RegionHere } from './shared/context.ts'
export type { DoorRule } from './shared/door.ts'
export type { OpenSession, SignInLimits, Visit } from './shared/visit.ts'
