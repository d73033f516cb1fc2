import { Arg, Ctx as FromContext, ID, Query, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { PeriodInput } from './quality.graphql.ts'
import { readReason } from './read-reason.ts'
import { ReasonType } from './reason.graphql.ts'

@Resolver(() => ReasonType)
export class ReasonResolver {
  @Door('read', 'ClinicalRecord')
  @Query(() => ReasonType, {
    nullable: true,
    complexity: ({ childComplexity }) => 50 + childComplexity,
    description:
      'Why a chart of yours stands where it stands in a measure of a published period, the newest unless told; null when it has no place in it, or is not yours.',
  })
  reason(
    @FromContext('ctx') ctx: Ctx,
    @Arg('patientId', () => ID) patientId: string,
    @Arg('measure', () => String) measure: string,
    @Arg('period', () => PeriodInput, { nullable: true }) period: PeriodInput | null,
  ): Promise<ReasonType | null> {
    return readReason(ctx, { patientId, measure, period })
  }
}
