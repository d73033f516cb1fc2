import type { Day } from '@carecommons/kernel'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { ScoreType } from '#graphql/quality'
import { DayScalar } from '#shared/scalars.graphql'

@ObjectType('Region', { simpleResolvers: true })
export class RegionType {
  @Field(() => ID) id!: string
  @Field(() => String) name!: string
  @Field(() => String, { description: 'IANA name.' }) timeZone!: string
}

@ObjectType('RegionOverview', { simpleResolvers: true, description: 'Aggregates by practice, never a person.' })
export class RegionOverviewType {
  @Field(() => RegionType) region!: RegionType
  @Field(() => Int) practiceCount!: number
  @Field(() => Int) payerCount!: number
}

@ObjectType('PracticeRow', { simpleResolvers: true })
export class PracticeRowType {
  @Field(() => OrganizationType) organization!: OrganizationType
  @Field(() => Int, { nullable: true, description: 'Null: 10 or fewer.' }) chartCount!: number | null
  @Field(() => DayScalar, { nullable: true, description: 'Newest clinical fact on file.' }) dataThrough!: Day | null
  @Field(() => [ScoreType]) scores!: ScoreType[]
  @Field(() => [ID], {
    description: 'Ids of measures whose score is not told: of 1 to 10 people, or such would follow from it.',
    complexity: () => 1,
  })
  hidden!: string[]
}
