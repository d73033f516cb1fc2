import type { Day, Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { DayScalar } from '#shared/scalars.graphql'
import { type CalendarDay, workCalendar } from './calendar.ts'
import { type AssignmentPreview, previewAssignment } from './preview-assignment.ts'
import {
  AssignmentPreviewType,
  PreviewAssignmentInput,
  RecordTravelTimeInput,
  TravelTimeResult,
  TravelTimeType,
  WorkDayType,
} from './schedule.graphql.ts'
import { recordTravelTime, travelOn, type TravelTimeRow } from './travel-times.ts'

@Resolver()
export class ScheduleResolver {
  @Door('create', 'Assignment')
  @Query(() => AssignmentPreviewType, {
    description: 'Conflicts, travel and overtime of an assignment that is not made yet. Changes nothing.',
  })
  assignmentPreview(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => PreviewAssignmentInput) input: PreviewAssignmentInput,
  ): Promise<AssignmentPreview> {
    const { duty, hours, endsOn } = input
    return previewAssignment(ctx, {
      ...input,
      kind: 'assignment',
      duty: duty ?? 'care-management',
      hours: hours ?? [],
      endsOn: endsOn ?? null,
    })
  }

  @Door('read', 'Assignment')
  @Query(() => [WorkDayType], { description: 'Who is where day by day: of one practice or of one person, as far as you may know.' })
  workCalendar(
    @FromContext('ctx') ctx: Ctx,
    @Arg('practiceId', () => ID, { nullable: true }) practiceId: string | null,
    @Arg('membershipId', () => ID, { nullable: true }) membershipId: string | null,
    @Arg('from', () => DayScalar, { nullable: true, description: 'The first day; today unless told.' }) from: Day | null,
    @Arg('weeks', () => Int, { nullable: true, defaultValue: 2, description: '1 to 8.' }) weeks: number | null,
  ): Promise<CalendarDay[]> {
    return workCalendar(ctx, {
      practiceId: practiceId ?? null,
      membershipId: membershipId ?? null,
      from: from ?? ctx.clock.today(ctx.region.timeZone),
      weeks: weeks ?? 2,
    })
  }

  @Door('update', 'Staff')
  @Query(() => [TravelTimeType], { description: 'Between towns, as of today.' })
  async travelTimes(@FromContext('ctx') ctx: Ctx): Promise<TravelTimeRow[]> {
    return travelOn(await ctx.tx(), ctx.clock.today(ctx.region.timeZone))
  }

  @Door('update', 'Staff')
  @Mutation(() => TravelTimeResult, { description: 'From a day on; what held before stays on record.' })
  recordTravelTime(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RecordTravelTimeInput) input: RecordTravelTimeInput,
  ): Promise<TravelTimeRow | Refusal> {
    return recordTravelTime(ctx, input)
  }
}
