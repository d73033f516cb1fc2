import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, InputType, ObjectType } from 'type-graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import { ViewerType } from './identity.graphql.ts'

@ObjectType('InvitationRead', { simpleResolvers: true, description: 'An invitation as whoever holds its link reads it.' })
class InvitationReadType {
  @Field(() => String, { nullable: true, description: 'Null for a patient: whoever holds the link shows first that it is them.' })
  name!: string | null
  @Field(() => String) email!: string
  @Field(() => Boolean, { description: 'Of a patient: accepting takes the birth date that is on file.' }) asksBirthDate!: boolean
  @Field(() => Boolean, { description: 'Lets somebody who signs in already choose new ways to, in place of those they have.' })
  renews!: boolean
  @Field(() => Boolean, { description: 'Whoever is signed in as this person already is confirmed by joining, and need not choose anew.' })
  confirms!: boolean
  @Field(() => String, { description: 'Name of a page in packages/access/src/roles.' }) role!: string
  @Field(() => String) roleTitle!: string
  @Field(() => String) organization!: string
  @Field(() => String) invitedBy!: string
  @Field(() => String) regionName!: string
  @Field(() => String, { description: "IANA name of the region's zone." }) timeZone!: string
  @Field(() => DateTimeScalar) expiresAt!: string
}

@ObjectType('AcceptanceBegun', { simpleResolvers: true })
class AcceptanceBegunType {
  @Field(() => String, { description: 'Of an authenticator app: Base32, to type.' }) secret!: string
  @Field(() => String, { description: 'otpauth:// address, to scan.' }) uri!: string
  @Field(() => String, { nullable: true, description: "WebAuthn's options as JSON; null where passkeys do not work." }) passkeyOptions!:
    string | null
}

@ObjectType('InvitationAccepted', { simpleResolvers: true })
class InvitationAcceptedType {
  @Field(() => ViewerType) viewer!: ViewerType
  @Field(() => [String], { description: 'Told once; none for a passkey alone.' }) recoveryCodes!: readonly string[]
}

@InputType({ description: 'A password with the code of the authenticator app, or a passkey alone.' })
export class AcceptInvitationInput {
  @Field(() => String) token!: string
  @Field(() => String, { nullable: true }) password?: string | null
  @Field(() => String, { nullable: true }) code?: string | null
  @Field(() => String, { nullable: true, description: 'What the browser answered, as JSON.' }) passkey?: string | null
  @Field(() => DayScalar, { nullable: true, description: 'Of a patient, as the chart has it.' }) birthDate?: Day | null
}

export const InvitationReadResult = createUnionType({
  name: 'InvitationReadResult',
  types: () => [InvitationReadType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'InvitationRead'),
})

export const AcceptanceBegunResult = createUnionType({
  name: 'AcceptanceBegunResult',
  types: () => [AcceptanceBegunType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'AcceptanceBegun'),
})

export const InvitationAcceptedResult = createUnionType({
  name: 'InvitationAcceptedResult',
  types: () => [InvitationAcceptedType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'InvitationAccepted'),
})
