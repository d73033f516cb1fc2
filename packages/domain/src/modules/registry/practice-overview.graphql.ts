import type { Day } from '@carecommons/kernel'
import { Field, Float, Int, ObjectType } from 'type-graphql'
import { ConditionGroupType, PatientType } from '#graphql/patient'
import { OrganizationType } from '#graphql/practice'
import { MeasureType, RegionRateType, ScoreType } from '#graphql/quality'
import { DayScalar } from '#shared/scalars.graphql'
import { upTo } from '#shared/up-to'

@ObjectType('ConditionCount', { simpleResolvers: true })
export class ConditionCountType {
  @Field(() => ConditionGroupType) condition!: ConditionGroupType
  @Field(() => Int) count!: number
}

@ObjectType('PanelCount', { simpleResolvers: true, description: 'The living people whose clinician somebody is.' })
export class PanelCountType {
  @Field(() => String) clinician!: string
  @Field(() => Int) count!: number
}

@ObjectType('CareManagerCount', { simpleResolvers: true, description: 'The living people whose care manager somebody is.' })
export class CareManagerCountType {
  @Field(() => String) careManager!: string
  @Field(() => Int) count!: number
}

@ObjectType('GapCount', { simpleResolvers: true })
export class GapCountType {
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => Int) open!: number
}

@ObjectType('PanelGapCount', { simpleResolvers: true, description: "Of a clinician's panel in the newest published period." })
export class PanelGapCountType {
  @Field(() => String) clinician!: string
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => Int, { description: 'As many as the registry lists under both.' }) open!: number
  @Field(() => Int, { description: 'What the rate divides by.' }) counted!: number
}

@ObjectType('ConcentrationPoint', {
  simpleResolvers: true,
  description: 'Of the people with most of it, so many have so much of it all: shares from 0 to 1.',
})
export class ConcentrationPointType {
  @Field(() => Float) people!: number
  @Field(() => Float) share!: number
}

@ObjectType('Concentration', {
  simpleResolvers: true,
  description:
    'How needs are spread over the living people of a practice, without labelled records. Nobody is named and nothing is about cost.',
})
export class ConcentrationType {
  @Field(() => Int) people!: number
  @Field(() => Int, { description: 'Open gaps.' }) gaps!: number
  @Field(() => [ConcentrationPointType], { complexity: () => 1, description: 'Open gaps, those with most of them first.' })
  ofGaps!: ConcentrationPointType[]
  @Field(() => [ConcentrationPointType], {
    complexity: () => 1,
    description: 'Points of what a practice could change, as the risk model counts them.',
  })
  ofOpportunity!: ConcentrationPointType[]
}

@ObjectType('Comparison', { simpleResolvers: true })
export class ComparisonType {
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => ScoreType, { nullable: true }) own!: ScoreType | null
  @Field(() => RegionRateType, {
    nullable: true,
    description: 'Null unless at least three other practices count 11 people each, none of them over 80 % of theirs.',
  })
  region!: RegionRateType | null
  @Field(() => [Float], {
    description:
      'Rates of the other practices with at least 11 people counted, unnamed, ascending; none where there is no rate of the region.',
  })
  peers!: number[]
}

@ObjectType('AttentionGroup', { simpleResolvers: true })
export class AttentionGroupType {
  @Field(() => String) key!: string
  @Field(() => String) title!: string
  @Field(() => Int) count!: number
  @Field(() => [PatientType], { description: 'The five who stand out most.', complexity: upTo(5) }) patients!: PatientType[]
}

@ObjectType('PracticeOverview', { simpleResolvers: true })
export class PracticeOverviewType {
  @Field(() => OrganizationType) organization!: OrganizationType
  @Field(() => Int, { description: 'Charts on file, those of people who died included.' }) chartCount!: number
  @Field(() => Int, { description: 'Charts of people who died: the registry lists the others.' }) deceasedCount!: number
  @Field(() => DayScalar, { nullable: true, description: 'Newest clinical fact on file.' }) dataThrough!: Day | null
}
