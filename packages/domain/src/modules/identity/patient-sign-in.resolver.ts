import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Confirmed, Door } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { endPatientSignIn } from './end-patient-sign-in.ts'
import { invitePatient } from './invite-patient.ts'
import {
  ChartSignInConnectionType,
  InvitePatientInput,
  PatientSignInResult,
  PatientSignInType,
  RenewPatientSignInInput,
} from './patient-sign-in.graphql.ts'
import { renewPatientSignIn } from './renew-sign-in.ts'
import { type ChartSignIn, listPatientSignIns, type PatientSignIn, patientSignInOf } from './read-patient-sign-in.ts'

@Resolver()
export class PatientSignInResolver {
  @Door('read', 'PatientSignIn')
  @Query(() => PatientSignInType, { nullable: true, description: 'Of one chart; null when there is none, or the chart is not yours.' })
  patientSignIn(@FromContext('ctx') ctx: Ctx, @Arg('patientId', () => ID) patientId: string): Promise<PatientSignIn | null> {
    return patientSignInOf(ctx, patientId)
  }

  @Door('read', 'PatientSignIn')
  @Query(() => ChartSignInConnectionType, {
    description: 'Of the own practice, by name of the patient: who was asked in, and who signs in. What ended is not listed.',
  })
  patientSignIns(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: "Words of the patient's name or address." }) search: string | null,
  ): Promise<Connection<ChartSignIn>> {
    return listPatientSignIns(ctx, search ?? null, { first, after })
  }

  @Door('create', 'PatientSignIn')
  @Mutation(() => PatientSignInResult, { description: 'Asks an adult patient in by mail, to the own chart and nothing else.' })
  invitePatient(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => InvitePatientInput) input: InvitePatientInput,
  ): Promise<PatientSignIn | Refusal> {
    return invitePatient(ctx, input)
  }

  @Door('create', 'Membership')
  @Confirmed()
  @Mutation(() => PatientSignInResult, {
    description: 'Lets a patient choose new ways to sign in, by a letter to their own address; what they have counts until they do.',
  })
  renewPatientSignIn(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RenewPatientSignInInput) input: RenewPatientSignInInput,
  ): Promise<PatientSignIn | Refusal> {
    return renewPatientSignIn(ctx, input)
  }

  @Door('end', 'PatientSignIn')
  @Mutation(() => PatientSignInResult, { description: 'Takes the invitation back, or ends the sign-in from its next request on.' })
  endPatientSignIn(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<PatientSignIn | Refusal> {
    return endPatientSignIn(ctx, id)
  }
}
