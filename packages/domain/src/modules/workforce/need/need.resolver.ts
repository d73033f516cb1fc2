import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, Mutation, Query, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { PlanningFigureResult, RecordPlanningFigureInput, StaffNeedType, WhatIfInput } from './need.graphql.ts'
import { type FigureRow, recordFigure } from './read-figures.ts'
import { type Need, readStaffNeed, readStaffShare } from './read-need.ts'

@Resolver()
export class NeedResolver {
  @Door('read', 'StaffNeed')
  @Query(() => StaffNeedType, {
    description: 'What practices need of the shared staff and what there is of it. What is supposed touches nothing.',
    complexity: () => 500,
  })
  staffNeed(@FromContext('ctx') ctx: Ctx, @Arg('whatIf', () => WhatIfInput, { nullable: true }) whatIf: WhatIfInput | null): Promise<Need> {
    if (!whatIf) return readStaffNeed(ctx, null)
    const { figures, addedStaff, peoplePercent } = whatIf
    return readStaffNeed(ctx, { figures: figures ?? [], addedStaff: addedStaff ?? 0, peoplePercent: peoplePercent ?? 0 })
  }

  @Door('read', 'StaffShare')
  @Query(() => StaffNeedType, {
    description: "The own practice's need and share of the shared staff, beside the sums of the region.",
    complexity: () => 500,
  })
  staffShare(@FromContext('ctx') ctx: Ctx): Promise<Need> {
    return readStaffShare(ctx)
  }

  @Door('update', 'StaffNeed')
  @Mutation(() => PlanningFigureResult, { description: 'From a day on; what held before stays on record.' })
  recordPlanningFigure(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RecordPlanningFigureInput) input: RecordPlanningFigureInput,
  ): Promise<FigureRow | Refusal> {
    return recordFigure(ctx, input)
  }
}
