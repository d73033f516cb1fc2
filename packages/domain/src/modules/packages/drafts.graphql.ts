import { isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { ImprovementEnum, PeriodInput, PeriodType } from '#graphql/quality'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar } from '#shared/scalars.graphql'
import type { WorkState } from './packages.entity.ts'
import { MeasurePackageType, WorkStateEnum } from './packages.graphql.ts'

@ObjectType('MeasureDraft', { simpleResolvers: true, description: 'A regional measure that is being written; nobody else sees it.' })
export class MeasureDraftType {
  @Field(() => ID) id!: string
  @Field(() => String) title!: string
  @Field(() => String) description!: string
  @Field(() => ImprovementEnum) improvement!: 'increase' | 'decrease'
  @Field(() => String) cql!: string
  @Field(() => Int) version!: number
  @Field(() => String) updatedBy!: string
  @Field(() => DateTimeScalar) updatedAt!: string
  @Field(() => String, { nullable: true, description: 'Hash of the package that was last published of it.' }) publishedHash!: string | null
}

@ObjectType('CqlProblem', { simpleResolvers: true })
export class CqlProblemType {
  @Field(() => Int, { description: 'Counts from 1; 0 when the whole text is meant.' }) line!: number
  @Field(() => Int) column!: number
  @Field(() => String) message!: string
}

@ObjectType('CqlLibrary', { simpleResolvers: true })
export class CqlLibraryType {
  @Field(() => String) name!: string
  @Field(() => String) version!: string
  @Field(() => [String]) definitions!: readonly string[]
}

@ObjectType('CqlValueSet', { simpleResolvers: true })
export class CqlValueSetType {
  @Field(() => String) url!: string
  @Field(() => String) title!: string
  @Field(() => Int) codes!: number
}

@ObjectType('CqlVocabulary', { simpleResolvers: true, description: 'What a regional measure can be built upon.' })
export class CqlVocabularyType {
  @Field(() => [CqlLibraryType]) libraries!: readonly CqlLibraryType[]
  @Field(() => [CqlValueSetType]) valueSets!: readonly CqlValueSetType[]
}

@ObjectType('DraftTrial', {
  simpleResolvers: true,
  description: 'Counts over a random sample of charts; null where 1 to 10 people would show.',
})
export class DraftTrialType {
  @Field(() => ID) id!: string
  @Field(() => WorkStateEnum) state!: WorkState
  @Field(() => PeriodType) period!: PeriodType
  @Field(() => Int, { nullable: true }) sample!: number | null
  @Field(() => Int, { nullable: true }) initialPopulation!: number | null
  @Field(() => Int, { nullable: true }) denominator!: number | null
  @Field(() => Int, { nullable: true }) denominatorExclusion!: number | null
  @Field(() => Int, { nullable: true }) denominatorException!: number | null
  @Field(() => Int, { nullable: true }) numerator!: number | null
  @Field(() => DateTimeScalar) requestedAt!: string
  @Field(() => String, { nullable: true }) failure!: string | null
}

@InputType()
export class SaveDraftInput {
  @Field(() => ID, { nullable: true, description: 'Null: a new one.' }) id?: string | null
  @Field(() => Int, { nullable: true, description: 'The version that was changed.' }) version?: number | null
  @Field(() => String) title!: string
  @Field(() => String) description!: string
  @Field(() => ImprovementEnum) improvement!: 'increase' | 'decrease'
  @Field(() => String) cql!: string
  @Field(() => String) idempotencyKey!: string
}

@InputType()
export class TryDraftInput {
  @Field(() => ID) id!: string
  @Field(() => Int) version!: number
  @Field(() => PeriodInput) period!: PeriodInput
  @Field(() => String) idempotencyKey!: string
}

@InputType()
export class PublishDraftInput {
  @Field(() => ID) id!: string
  @Field(() => Int) version!: number
}

export const MeasureDraftResult = createUnionType({
  name: 'MeasureDraftResult',
  types: () => [MeasureDraftType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'MeasureDraft'),
})
export const DraftTrialResult = createUnionType({
  name: 'DraftTrialResult',
  types: () => [DraftTrialType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'DraftTrial'),
})
export const MeasurePackageResult = createUnionType({
  name: 'MeasurePackageResult',
  types: () => [MeasurePackageType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'MeasurePackage'),
})
