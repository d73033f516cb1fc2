import type { Day } from '@carecommons/kernel'
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DayScalar } from '#shared/scalars.graphql'
import type { CalibrationBand } from './calibration.ts'
import type { RiskModel } from './risk-models.ts'
import type { Segment } from './tier-tables.ts'

const RiskSegment = {
  HEALTHY: 'healthy',
  AT_RISK: 'at-risk',
  STABLE: 'stable',
  UNSTABLE: 'unstable',
  COMPLEX: 'complex',
  FRAIL: 'frail',
} as const satisfies Record<string, Segment>
registerEnumType(RiskSegment, {
  name: 'RiskSegment',
  description: 'STABLE, UNSTABLE: with a long-term condition. FRAIL: or near the end of life.',
})

@ObjectType('RiskInput', { simpleResolvers: true })
export class RiskInputType {
  @Field(() => String) text!: string
  @Field(() => Int) points!: number
  @Field(() => Int, { nullable: true, description: 'Of something that is not told: what it could have added.' }) atMost!: number | null
  @Field(() => [String], { description: 'The records it rests on.' }) facts!: readonly string[]
}

@ObjectType('RiskScore', { simpleResolvers: true, description: 'What one model says of a chart.' })
export class RiskScoreType {
  @Field(() => String, { description: 'Key of a risk model.' }) model!: string
  @Field(() => String) title!: string
  @Field(() => String) version!: string
  @Field(() => Int) score!: number
  @Field(() => Int, { description: 'What it could be at most, were everything told.' }) atMost!: number
  @Field(() => String, { nullable: true }) band!: string | null
  @Field(() => [RiskInputType]) inputs!: readonly RiskInputType[]
}

@ObjectType('PatientRisk', {
  simpleResolvers: true,
  description: 'Where a chart stands in risk, without labelled records and without who pays.',
})
export class PatientRiskType {
  @Field(() => ID) id!: string
  @Field(() => Int, { description: '0 to 4: a clinician’s word where one holds, else as worked out.' }) tier!: number
  @Field(() => Int, { description: 'As the rules have it.' }) workedOutTier!: number
  @Field(() => String) tierTitle!: string
  @Field(() => RiskSegment) segment!: Segment
  @Field(() => String) segmentTitle!: string
  @Field(() => Int, { description: 'What a practice could change: 0 to 99.' }) opportunity!: number
  @Field(() => [String], { description: 'What weighs most.' }) reasons!: readonly string[]
  @Field(() => DayScalar) workedOutOn!: Day
}

@ObjectType('RiskSource', { simpleResolvers: true })
export class RiskSourceType {
  @Field(() => String) words!: string
  @Field(() => String, { nullable: true, description: 'Null: our own choice.' }) url!: string | null
}

@ObjectType('RiskWeight', { simpleResolvers: true })
export class RiskWeightType {
  @Field(() => String) text!: string
  @Field(() => String) points!: string
}

@ObjectType('RiskModel', { simpleResolvers: true, description: 'What a person should know of a model before trusting it.' })
export class RiskModelType implements RiskModel {
  @Field(() => ID) key!: string
  @Field(() => String) title!: string
  @Field(() => String) version!: string
  @Field(() => DayScalar) validFrom!: Day
  @Field(() => String) what!: string
  @Field(() => String) predicts!: string
  @Field(() => [RiskSourceType]) sources!: readonly RiskSourceType[]
  @Field(() => [RiskWeightType]) weights!: readonly RiskWeightType[]
  @Field(() => [String]) limits!: readonly string[]
}

@ObjectType('RiskInterval', { simpleResolvers: true })
class RiskIntervalType {
  @Field(() => Float) low!: number
  @Field(() => Float) high!: number
}

@ObjectType('CalibrationBand', {
  simpleResolvers: true,
  description: 'People of one score, and how many of them had a stay in hospital in the year after.',
})
export class CalibrationBandType implements CalibrationBand {
  @Field(() => String, { description: 'Key of a risk model.' }) model!: string
  @Field(() => Int) score!: number
  @Field(() => Int) people!: number
  @Field(() => Int, { nullable: true, description: 'Null where it, or the rest, is of fewer than eleven people.' }) stayed!: number | null
  @Field(() => RiskIntervalType, { nullable: true, description: '95 % interval of the share (Wilson), 0 to 1.' })
  interval!: RiskIntervalType | null
  @Field(() => DayScalar, { description: 'The score is that of this day; the year after it is what followed.' }) asOf!: Day
}
