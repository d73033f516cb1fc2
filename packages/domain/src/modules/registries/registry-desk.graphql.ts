import { isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, ObjectType } from 'type-graphql'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar } from '#shared/scalars.graphql'

@ObjectType('RegistryVersion', { simpleResolvers: true, description: 'A definition of a registry as it was loaded; it never changes.' })
export class RegistryVersionType {
  @Field(() => String, { description: 'sha256 of the definition: Measure, Library and ValueSets.' }) packageHash!: string
  @Field(() => ID, { description: 'Id of the registry.' }) registry!: string
  @Field(() => String) title!: string
  @Field(() => String) description!: string
  @Field(() => String) version!: string
  @Field(() => [String], { description: 'What it rests on, as it cites it.' }) sources!: readonly string[]
  @Field(() => String, { description: 'In Clinical Quality Language.' }) cql!: string
  @Field(() => Boolean, { description: 'Whether all practices are counted by it.' }) isInForce!: boolean
  @Field(() => DateTimeScalar) loadedAt!: string
}

@ObjectType('RegistryTerm', { simpleResolvers: true, description: 'What was agreed on about a registry; of each the latest counts.' })
export class RegistryTermType {
  @Field(() => ID) id!: string
  @Field(() => ID, { description: 'Id of the registry.' }) registry!: string
  @Field(() => String) title!: string
  @Field(() => String, { nullable: true, description: 'Null: it is counted no more.' }) packageHash!: string | null
  @Field(() => String, { nullable: true }) version!: string | null
  @Field(() => String) agreedWith!: string
  @Field(() => String, { nullable: true, description: 'Null: it ships with the product.' }) agreedBy!: string | null
  @Field(() => DateTimeScalar) agreedAt!: string
}

@ObjectType('RetiredRegistry', { simpleResolvers: true, description: 'A registry that is counted no more.' })
export class RetiredRegistryType {
  @Field(() => ID) id!: string
  @Field(() => String) title!: string
  @Field(() => DateTimeScalar) retiredAt!: string
  @Field(() => String) agreedWith!: string
}

@InputType()
export class ActivateRegistryInput {
  @Field(() => String) packageHash!: string
  @Field(() => String, { description: 'Who agreed, and when.' }) agreedWith!: string
  @Field(() => String) idempotencyKey!: string
}

@InputType()
export class RetireRegistryInput {
  @Field(() => String, { description: 'Its id.' }) registry!: string
  @Field(() => String, { description: 'Who agreed, and when.' }) agreedWith!: string
  @Field(() => String) idempotencyKey!: string
}

export const RegistryTermResult = createUnionType({
  name: 'RegistryTermResult',
  types: () => [RegistryTermType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'RegistryTerm'),
})
