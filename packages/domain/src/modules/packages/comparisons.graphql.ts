import type { PlaceName } from '@carecommons/cql'
import { isRefusal } from '@carecommons/kernel'
import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { PeriodInput, PeriodType } from '#graphql/quality'
import { RefusedType } from '#shared/refused.graphql'
import { DateTimeScalar } from '#shared/scalars.graphql'
import type { WorkState } from './packages.entity.ts'
import { WorkStateEnum } from './packages.graphql.ts'

const PlaceEnum = {
  OUTSIDE: 'outside',
  INITIAL_POPULATION: 'initial-population',
  EXCLUDED: 'excluded',
  EXCEPTED: 'excepted',
  DENOMINATOR: 'denominator',
  NUMERATOR: 'numerator',
} as const satisfies Record<string, PlaceName>
registerEnumType(PlaceEnum, { name: 'MeasurePlace', description: 'Where a chart stands in a group of a measure.' })
const ReasonChange = { LOST: 'lost', GAINED: 'gained' } as const
registerEnumType(ReasonChange, { name: 'ReasonChange', description: 'LOST: held before, does not hold now. GAINED: the other way round.' })

@ObjectType('MoveReason', { simpleResolvers: true })
export class MoveReasonType {
  @Field(() => String) definition!: string
  @Field(() => ReasonChange) change!: 'lost' | 'gained'
  @Field(() => Int, { nullable: true, description: 'Null where 1 to 10 charts, or all but 1 to 10, would show.' }) charts!: number | null
}

@ObjectType('Move', {
  simpleResolvers: true,
  description: 'Charts that stand elsewhere under the other package, and the definitions that decide it.',
})
export class MoveType {
  @Field(() => Int) group!: number
  @Field(() => PlaceEnum) before!: PlaceName
  @Field(() => PlaceEnum) after!: PlaceName
  @Field(() => Int, { nullable: true, description: 'Null where hidden: 1 to 10 charts, or what such a count would follow from.' })
  charts!: number | null
  @Field(() => [MoveReasonType]) reasons!: readonly MoveReasonType[]
}

@ObjectType('PackageComparison', { simpleResolvers: true, description: 'Two packages side by side on the live charts.' })
export class PackageComparisonType {
  @Field(() => ID) id!: string
  @Field(() => String) beforeHash!: string
  @Field(() => String) beforeTitle!: string
  @Field(() => String) beforeVersion!: string
  @Field(() => String) afterHash!: string
  @Field(() => String) afterTitle!: string
  @Field(() => String) afterVersion!: string
  @Field(() => PeriodType) period!: PeriodType
  @Field(() => WorkStateEnum) state!: WorkState
  @Field(() => Int) chartsDone!: number
  @Field(() => Int, { description: '0 until it is planned.' }) chartsTotal!: number
  @Field(() => String) requestedBy!: string
  @Field(() => DateTimeScalar) requestedAt!: string
  @Field(() => String, { nullable: true }) failure!: string | null
}

@ObjectType('Mover', { simpleResolvers: true, description: 'An own patient who would stand elsewhere under another version of a measure.' })
export class MoverType {
  @Field(() => ID) patientId!: string
  @Field(() => String) familyName!: string
  @Field(() => String) givenName!: string
  @Field(() => String) title!: string
  @Field(() => String) beforeVersion!: string
  @Field(() => String) afterVersion!: string
  @Field(() => PeriodType) period!: PeriodType
  @Field(() => PlaceEnum) before!: PlaceName
  @Field(() => PlaceEnum) after!: PlaceName
  @Field(() => [String]) lost!: readonly string[]
  @Field(() => [String]) gained!: readonly string[]
}

@InputType()
export class ComparePackagesInput {
  @Field(() => String) beforeHash!: string
  @Field(() => String) afterHash!: string
  @Field(() => PeriodInput) period!: PeriodInput
  @Field(() => String) idempotencyKey!: string
}

export const PackageComparisonResult = createUnionType({
  name: 'PackageComparisonResult',
  types: () => [PackageComparisonType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'PackageComparison'),
})
