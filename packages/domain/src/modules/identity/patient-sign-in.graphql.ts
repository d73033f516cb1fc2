import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { connectionOf } from '#shared/connection.graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'

export const PatientSignInState = { INVITED: 'invited', EXPIRED: 'expired', ACTIVE: 'active', ENDED: 'ended', REFUSED: 'refused' } as const
registerEnumType(PatientSignInState, {
  name: 'PatientSignInState',
  description: 'REFUSED: whoever held the link said another birth date three times; the address may be wrong.',
})

@ObjectType('PatientSignIn', { simpleResolvers: true, description: "A patient's way to the own chart, from the invitation to its end." })
export class PatientSignInType {
  @Field(() => ID, { description: 'Of the invitation; once accepted, of the membership.' }) id!: string
  @Field(() => String) email!: string
  @Field(() => PatientSignInState) state!: (typeof PatientSignInState)[keyof typeof PatientSignInState]
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the invitation left; of who signs in, the letter that lets them choose new ways to.',
  })
  sentAt!: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'It could not be delivered; the address may be wrong.' })
  mailFailedAt!: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Of the invitation, or of that letter.' }) expiresAt!: string | null
  @Field(() => DayScalar, { nullable: true, description: 'Since when the patient signs in.' }) startsOn!: Day | null
  @Field(() => DateTimeScalar, { nullable: true }) lastSignedInAt!: string | null
}

@ObjectType('ChartSignIn', { simpleResolvers: true, description: 'Who reads a chart as its patient.' })
class ChartSignInType {
  @Field(() => ID) id!: string
  @Field(() => ID) patientId!: string
  @Field(() => String, { description: 'Family name first.' }) patientName!: string
  @Field(() => PatientSignInType) signIn!: PatientSignInType
}

export const ChartSignInConnectionType = connectionOf('ChartSignIn', ChartSignInType)

@InputType()
export class InvitePatientInput {
  @Field(() => ID) patientId!: string
  @Field(() => String) email!: string
  @Field(() => String, { description: '8 to 200 printable characters. The same key sends one invitation.' }) idempotencyKey!: string
}

@InputType()
export class RenewPatientSignInInput {
  @Field(() => ID, { description: 'Of the sign-in.' }) id!: string
  @Field(() => String, { description: '8 to 200 printable characters. The same key sends one letter.' }) idempotencyKey!: string
}

export const PatientSignInResult = createUnionType({
  name: 'PatientSignInResult',
  types: () => [PatientSignInType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'PatientSignIn'),
})
