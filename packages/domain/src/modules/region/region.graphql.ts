import type { Day } from '@carecommons/kernel'
import { Field, Float, ID, Int, ObjectType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { MeasureType, ScoreType } from '#graphql/quality'
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

const FEW = 'Null: 1 to 10, or all but so few, or the practice has no more.'

@ObjectType('PracticeRecords', {
  simpleResolvers: true,
  description: "What a practice's figures rest on: charts of the living. Of ten or fewer nothing is told.",
})
export class PracticeRecordsType {
  @Field(() => ID) practiceId!: string
  @Field(() => String) name!: string
  @Field(() => Int, { nullable: true, description: 'Null: 10 or fewer.' }) charts!: number | null
  @Field(() => DayScalar, { nullable: true, description: 'Newest visit on file.' }) visitThrough!: Day | null
  @Field(() => DayScalar, { nullable: true, description: 'Newest laboratory value on file.' }) labThrough!: Day | null
  @Field(() => DayScalar, { nullable: true, description: 'Newest prescription on file.' }) prescribedThrough!: Day | null
  @Field(() => Int, { nullable: true, description: `Without any visit. ${FEW}` }) withoutVisit!: number | null
  @Field(() => Int, { nullable: true, description: `Without any laboratory value. ${FEW}` }) withoutLab!: number | null
  @Field(() => Int, { nullable: true, description: `Without an identifier that could link them to another chart. ${FEW}` })
  unlinked!: number | null
  @Field(() => Int, { nullable: true, description: `Of a person who has another chart in the practice. ${FEW}` }) doubled!: number | null
  @Field(() => Int, { nullable: true, description: `With the name and birth date of another person in the region. ${FEW}` })
  alike!: number | null
}

@ObjectType('PracticeCourse', { simpleResolvers: true, description: 'One practice in one measure, month by month.' })
export class PracticeCourseType {
  @Field(() => ID) practiceId!: string
  @Field(() => String) name!: string
  @Field(() => [Int], { nullable: 'items', description: 'What each rate divides by, to the nearest ten. Null: not told.' })
  people!: (number | null)[]
  @Field(() => [Float], { nullable: 'items', description: 'In whole percent, as shares. Null: not told.' }) rates!: (number | null)[]
  @Field(() => String, { description: 'What the data stood at; nothing later counts.' }) watermark!: string
}

@ObjectType('MeasureCourses', { simpleResolvers: true })
export class MeasureCoursesType {
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => [PracticeCourseType], { complexity: () => 1, description: 'By name; of ten people or fewer none.' })
  practices!: PracticeCourseType[]
}

@ObjectType('RegionMonths', {
  simpleResolvers: true,
  description: 'The practices over up to 25 months, each figure the twelve months that end with its month, by the measures in force.',
})
export class RegionMonthsType {
  @Field(() => [DayScalar], { complexity: () => 1, description: 'Last days of months, the oldest first.' }) endsOn!: Day[]
  @Field(() => [MeasureCoursesType], { complexity: () => 1 }) measures!: MeasureCoursesType[]
}
