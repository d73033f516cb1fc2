import type { Refusal } from '@carecommons/kernel'
import { isRefusal } from '@carecommons/kernel'
import { Arg, createUnionType, Ctx as FromContext, Field, ID, InputType, Int, Mutation, Query, Resolver } from 'type-graphql'
import { pageSize } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { RefusedType } from '#shared/refused.graphql'
import { LineageType } from './lineage.graphql.ts'
import { activeMeasures, publishedPeriods } from './measures.ts'
import { PayerPerformanceType } from './performance.graphql.ts'
import { MeasureType, MetricRunType, PeriodInput, PeriodType } from './quality.graphql.ts'
import { type Performance, readPerformance } from './read-performance.ts'
import { readLineage } from './read-lineage.ts'
import { listRuns, readRun } from './read-runs.ts'
import { startRun } from './start-run.ts'

@InputType()
class StartRunInput {
  @Field(() => PeriodInput) period!: PeriodInput
  @Field(() => String, { description: '8 to 200 printable characters. The same key gives the same run.' }) idempotencyKey!: string
}

const StartRunResult = createUnionType({
  name: 'StartRunResult',
  types: () => [MetricRunType, RefusedType] as const,
  resolveType: (value) => (isRefusal(value) ? 'Refused' : 'MetricRun'),
})

@Resolver(() => PayerPerformanceType)
export class QualityResolver {
  @Door('read', 'Measure')
  @Query(() => [MeasureType], { description: 'The measure set in force.' })
  measures(@FromContext('ctx') ctx: Ctx): Promise<MeasureType[]> {
    return activeMeasures(ctx)
  }

  @Door('read', 'Measure')
  @Query(() => [PeriodType], { description: 'Periods with published scores, newest first.' })
  publishedPeriods(@FromContext('ctx') ctx: Ctx): Promise<PeriodType[]> {
    return publishedPeriods(ctx)
  }

  @Door('read', 'Measure')
  @Query(() => LineageType, {
    nullable: true,
    description:
      'What the published scores of a period were computed with and from, of the newest one unless told. The same gives the same scores.',
  })
  lineage(
    @FromContext('ctx') ctx: Ctx,
    @Arg('period', () => PeriodInput, { nullable: true }) period: PeriodInput | null,
  ): Promise<LineageType | null> {
    return readLineage(ctx, period ?? 'newest')
  }

  @Door('read', 'MetricRun')
  @Query(() => [MetricRunType], { description: 'Metric runs, newest first (coordinating body).' })
  async runs(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
  ): Promise<MetricRunType[]> {
    return listRuns(ctx, pageSize(first, 20))
  }

  @Door('read', 'MetricRun')
  @Query(() => MetricRunType, { nullable: true })
  run(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<MetricRunType | null> {
    return readRun(ctx, id)
  }

  @Door('start', 'MetricRun')
  @Mutation(() => StartRunResult, {
    description: 'Asks for a metric run over a calendar year. The same idempotency key gives the same run.',
  })
  startRun(@FromContext('ctx') ctx: Ctx, @Arg('input', () => StartRunInput) input: StartRunInput): Promise<MetricRunType | Refusal> {
    return startRun(ctx, input.period, input.idempotencyKey)
  }

  @Door('read', 'Performance')
  @Query(() => PayerPerformanceType, {
    description: 'What a payer pulls for its attributed members, of the newest published period unless told.',
  })
  performance(
    @FromContext('ctx') ctx: Ctx,
    @Arg('period', () => PeriodInput, { nullable: true }) period: PeriodInput | null,
  ): Promise<Performance> {
    return readPerformance(ctx, period)
  }
}
