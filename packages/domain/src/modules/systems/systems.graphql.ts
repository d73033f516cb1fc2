import { isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { connectionOf } from '#shared/connection.graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar } from '#shared/scalars.graphql'

@ObjectType('SystemClient', { simpleResolvers: true, description: 'A program that signs in without a person, with a key of its own.' })
class SystemClientType {
  @Field(() => ID, { description: 'The client_id.' }) id!: string
  @Field(() => String) name!: string
  @Field(() => String) role!: string
  @Field(() => OrganizationType) organization!: OrganizationType
  @Field(() => String, { nullable: true, description: 'Where its public keys are published.' }) jwksUrl!: string | null
  @Field(() => [String], { description: 'Key ids, of keys that were given at registration.' }) keyIds!: readonly string[]
  @Field(() => [String], { description: 'The most that a token may be asked for.' }) scopes!: readonly string[]
  @Field(() => DateTimeScalar) registeredAt!: string
  @Field(() => DateTimeScalar, { nullable: true }) lastTokenAt!: string | null
  @Field(() => DateTimeScalar, { nullable: true }) endedAt!: string | null
}

export const SystemConnectionType = connectionOf('SystemClient', SystemClientType)

@ObjectType('SystemScope', { simpleResolvers: true })
export class SystemScopeType {
  @Field(() => String) name!: string
  @Field(() => String) words!: string
}

@ObjectType('SystemRole', { simpleResolvers: true, description: 'A role that systems hold, for whom, and what it may be given.' })
export class SystemRoleType {
  @Field(() => String) role!: string
  @Field(() => String) title!: string
  @Field(() => [SystemScopeType]) scopes!: readonly SystemScopeType[]
  @Field(() => [OrganizationType]) organizations!: readonly OrganizationType[]
}

@InputType()
export class RegisterSystemInput {
  @Field(() => ID, { description: 'A payer or a practice; its kind decides the role.' }) organizationId!: string
  @Field(() => String) name!: string
  @Field(() => [String]) scopes!: string[]
  @Field(() => String, { nullable: true, description: 'Address of a JSON Web Key Set. Give this or `jwks`.' }) jwksUrl!: string | null
  @Field(() => String, { nullable: true, description: 'A JSON Web Key Set of public keys, as JSON.' }) jwks!: string | null
  @Field(() => String, { description: '8 to 200 printable characters. The same key gives the same system.' }) idempotencyKey!: string
}

export const RegisterSystemResult = createUnionType({
  name: 'RegisterSystemResult',
  types: () => [SystemClientType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'SystemClient'),
})

export const EndSystemResult = createUnionType({
  name: 'EndSystemResult',
  types: () => [SystemClientType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'SystemClient'),
})
