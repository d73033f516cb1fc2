import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { OrganizationType } from '#graphql/practice'
import { DateTimeScalar } from '#shared/scalars.graphql'
import { IntervalType, MeasureType, PeriodType } from './quality.graphql.ts'

const PerformanceScope = { REGION: 'region', PRACTICE: 'practice' } as const
registerEnumType(PerformanceScope, { name: 'PerformanceScope' })

@ObjectType('PerformanceRow', { simpleResolvers: true })
export class PerformanceRowType {
  @Field(() => PerformanceScope) scope!: 'region' | 'practice'
  @Field(() => OrganizationType, { nullable: true }) practice!: OrganizationType | null
  @Field(() => MeasureType) measure!: MeasureType
  @Field(() => Boolean, {
    description:
      'True when a count or a complement is 1 to 10, or when such a count would follow from the row beside others, other measures or earlier releases: then every figure is null.',
  })
  hidden!: boolean
  @Field(() => ID, {
    nullable: true,
    description: 'The run that the figures are of: an earlier one where too few members have changed since to show it.',
  })
  figuresOf!: string | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'When that run was finished.' }) figuresAt!: string | null
  @Field(() => String, {
    nullable: true,
    description: "Name and version of the engine of that run. Its package is the measure's; the value sets in it stand in `lineage`.",
  })
  engine!: string | null
  @Field(() => String, { nullable: true, description: 'What the data of that run stood at; nothing later counts.' })
  watermark!: string | null
  @Field(() => Int, { nullable: true }) initialPopulation!: number | null
  @Field(() => Int, { nullable: true }) denominator!: number | null
  @Field(() => Int, { nullable: true }) denominatorExclusion!: number | null
  @Field(() => Int, { nullable: true }) denominatorException!: number | null
  @Field(() => Int, { nullable: true }) numerator!: number | null
  @Field(() => Float, { nullable: true }) rate!: number | null
  @Field(() => IntervalType, { nullable: true }) interval!: IntervalType | null
}

@ObjectType('PayerPerformance', {
  simpleResolvers: true,
  description: 'Figures of the acting payer over its attributed members, as published: region rows first, then practices.',
})
export class PayerPerformanceType {
  @Field(() => OrganizationType) payer!: OrganizationType
  @Field(() => PeriodType, { nullable: true, description: 'Null when nothing is published for the period.' }) period!: PeriodType | null
  @Field(() => ID, { nullable: true }) runId!: string | null
  @Field(() => DateTimeScalar, { nullable: true }) publishedAt!: string | null
  @Field(() => [PerformanceRowType]) rows!: PerformanceRowType[]
}
