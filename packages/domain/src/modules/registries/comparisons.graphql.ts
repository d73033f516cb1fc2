import { type Day, isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { WorkStateEnum } from '#graphql/packages'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar, DayScalar } from '#shared/scalars.graphql'
import type { ComparisonState } from './comparisons.entity.ts'

const RegistryMoveEnum = { ENTERS: 'enters', LEAVES: 'leaves' } as const
registerEnumType(RegistryMoveEnum, { name: 'RegistryMove', description: 'What another version of a registry would do to somebody.' })
const RegistryPartEnum = { ENTRY: 'entry', EXIT: 'exit' } as const
registerEnumType(RegistryPartEnum, {
  name: 'RegistryPart',
  description: 'ENTRY: puts people into the registry. EXIT: takes them out of it.',
})
const ClauseChangeEnum = { LOST: 'lost', GAINED: 'gained' } as const
registerEnumType(ClauseChangeEnum, {
  name: 'ClauseChange',
  description: 'LOST: holds by the version in force and not by the other one. GAINED: the other way round.',
})

@ObjectType('RegistryMoveReason', { simpleResolvers: true, description: 'A clause that decides it, over all practices.' })
export class RegistryMoveReasonType {
  @Field(() => RegistryMoveEnum) move!: 'enters' | 'leaves'
  @Field(() => String, { description: "The definition's own words." }) clause!: string
  @Field(() => RegistryPartEnum) part!: 'entry' | 'exit'
  @Field(() => ClauseChangeEnum) change!: 'lost' | 'gained'
  @Field(() => Int, { description: 'To the nearest ten; none of 10 or fewer is told.' }) people!: number
}

@ObjectType('RegistryMoveCounts', {
  simpleResolvers: true,
  description: 'Living people to the nearest ten; null: 10 or fewer, or nobody.',
})
export class RegistryMoveCountsType {
  @Field(() => Int, { nullable: true }) enters!: number | null
  @Field(() => Int, { nullable: true }) leaves!: number | null
  @Field(() => Int, { nullable: true }) stays!: number | null
}

@ObjectType('PracticeRegistryMoves', { simpleResolvers: true })
export class PracticeRegistryMovesType extends RegistryMoveCountsType {
  @Field(() => ID) practiceId!: string
  @Field(() => String) practiceName!: string
}

@ObjectType('RegistryComparison', {
  simpleResolvers: true,
  description: 'A version of a registry beside the one in force, over all charts as they stood on a day. Nobody moves by it.',
})
export class RegistryComparisonType {
  @Field(() => ID) id!: string
  @Field(() => ID, { description: 'Id of the registry.' }) registry!: string
  @Field(() => String) title!: string
  @Field(() => String, { nullable: true, description: 'Null: the registry was not counted.' }) beforeVersion!: string | null
  @Field(() => String) afterHash!: string
  @Field(() => String) afterVersion!: string
  @Field(() => DayScalar, { nullable: true, description: 'Null until it has begun.' }) asOf!: Day | null
  @Field(() => WorkStateEnum) state!: ComparisonState
  @Field(() => Int) chartsDone!: number
  @Field(() => Int, { description: '0 until it has begun.' }) chartsTotal!: number
  @Field(() => Boolean, { description: 'What was in force then still is, and the other version is not.' }) isCurrent!: boolean
  @Field(() => RegistryMoveCountsType, { nullable: true, description: 'Of the region, each person once. Null until it is done.' })
  all!: RegistryMoveCountsType | null
  @Field(() => [PracticeRegistryMovesType], { description: 'By name; none until it is done.', complexity: () => 1 })
  practices!: readonly PracticeRegistryMovesType[]
  @Field(() => [RegistryMoveReasonType], { description: 'The most frequent first.', complexity: () => 1 })
  reasons!: readonly RegistryMoveReasonType[]
  @Field(() => String) requestedBy!: string
  @Field(() => DateTimeScalar) requestedAt!: string
  @Field(() => String, { nullable: true }) failure!: string | null
}

@ObjectType('RegistryMoverReason', { simpleResolvers: true })
export class RegistryMoverReasonType {
  @Field(() => String, { description: "The definition's own words." }) clause!: string
  @Field(() => RegistryPartEnum) part!: 'entry' | 'exit'
  @Field(() => ClauseChangeEnum) change!: 'lost' | 'gained'
}

@ObjectType('RegistryMover', {
  simpleResolvers: true,
  description: 'An own patient who would come into a registry, or leave it, if the region put another version of it in force.',
})
export class RegistryMoverType {
  @Field(() => ID) patientId!: string
  @Field(() => String) familyName!: string
  @Field(() => String) givenName!: string
  @Field(() => ID, { description: 'Id of the registry.' }) registry!: string
  @Field(() => String) title!: string
  @Field(() => String, { nullable: true, description: 'Null: the registry is not counted now.' }) beforeVersion!: string | null
  @Field(() => String) afterVersion!: string
  @Field(() => DayScalar, { description: 'The day as of which it was worked out.' }) asOf!: Day
  @Field(() => RegistryMoveEnum) move!: 'enters' | 'leaves'
  @Field(() => [RegistryMoverReasonType]) reasons!: readonly RegistryMoverReasonType[]
}

@InputType()
export class CompareRegistryInput {
  @Field(() => String, { description: 'Of the version that is not in force.' }) packageHash!: string
  @Field(() => String) idempotencyKey!: string
}

export const RegistryComparisonResult = createUnionType({
  name: 'RegistryComparisonResult',
  types: () => [RegistryComparisonType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'RegistryComparison'),
})
