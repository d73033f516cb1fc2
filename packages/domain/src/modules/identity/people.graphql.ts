import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { connectionOf } from '#shared/connection.graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'

@ObjectType('StaffMember', { simpleResolvers: true, description: 'A membership as those who manage people see it.' })
export class StaffMemberType {
  @Field(() => ID, { description: 'Of the membership.' }) id!: string
  @Field(() => String) name!: string
  @Field(() => String) email!: string
  @Field(() => String, { description: 'Kebab-case name of a role page.' }) role!: string
  @Field(() => OrganizationType) organization!: OrganizationType
  @Field(() => DayScalar) startsOn!: Day
  @Field(() => DayScalar, { nullable: true, description: 'The last day.' }) endsOn!: Day | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Ended at once, whatever the last day was to be.' }) endedAt!: string | null
  @Field(() => DateTimeScalar, { nullable: true }) lastSignedInAt!: string | null
  @Field(() => Boolean, { description: 'Whether the membership holds today.' }) isLive!: boolean
  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'Since when nobody acts under it: its person chose new ways to sign in at another organization and waits to be confirmed by a letter of this one.',
  })
  waitsSince!: string | null
}

export const StaffConnectionType = connectionOf('StaffMember', StaffMemberType)

@ObjectType('Invitation', { simpleResolvers: true, description: 'Waits for an answer until it is accepted, withdrawn or expired.' })
class InvitationType {
  @Field(() => ID) id!: string
  @Field(() => OrganizationType) organization!: OrganizationType
  @Field(() => String, { description: 'Kebab-case name of a role page.' }) role!: string
  @Field(() => String) name!: string
  @Field(() => ID, {
    nullable: true,
    description: 'The membership of somebody who is to choose new ways to sign in; null of somebody who is asked in.',
  })
  renews!: string | null
  @Field(() => String) email!: string
  @Field(() => String, { nullable: true, description: 'Null when that person is not yours to see.' }) invitedBy!: string | null
  @Field(() => DateTimeScalar) createdAt!: string
  @Field(() => DateTimeScalar) expiresAt!: string
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the newest letter left.' }) sentAt!: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'The letter could not be delivered; the address may be wrong.' })
  mailFailedAt!: string | null
  @Field(() => DateTimeScalar, { nullable: true }) acceptedAt!: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Withdrawn.' }) revokedAt!: string | null
}

export const InvitationConnectionType = connectionOf('Invitation', InvitationType)

@InputType()
export class InviteMemberInput {
  @Field(() => ID) organizationId!: string
  @Field(() => String) role!: string
  @Field(() => String) name!: string
  @Field(() => String) email!: string
  @Field(() => String, { description: '8 to 200 printable characters. The same key sends one invitation.' }) idempotencyKey!: string
}

@InputType()
export class RenewSignInInput {
  @Field(() => ID) membershipId!: string
  @Field(() => String, { description: '8 to 200 printable characters. The same key sends one letter.' }) idempotencyKey!: string
}

@InputType()
export class ChangeRoleInput {
  @Field(() => ID) membershipId!: string
  @Field(() => String) role!: string
  @Field(() => String, { description: 'The role that was seen; when it is another by now, nothing changes.' }) from!: string
}

@InputType()
export class RenamePersonInput {
  @Field(() => ID) membershipId!: string
  @Field(() => String) name!: string
  @Field(() => String, { description: 'The name that was seen; when it is another by now, nothing changes.' }) from!: string
}

export const InvitationResult = createUnionType({
  name: 'InvitationResult',
  types: () => [InvitationType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'Invitation'),
})

export const StaffMemberResult = createUnionType({
  name: 'StaffMemberResult',
  types: () => [StaffMemberType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'StaffMember'),
})

/** What may be done with a membership, for whoever asks. */
@ObjectType('StaffMemberPermissions', { simpleResolvers: true })
export class StaffMemberPermissionsType {
  @Field(() => [String], { description: 'Roles to which it may be changed.' }) changeRoleTo!: readonly string[]
  @Field(() => Boolean) end!: boolean
  @Field(() => Boolean) rename!: boolean
  @Field(() => Boolean, { description: 'Let them choose new ways to sign in.' }) renewSignIn!: boolean
}
