import { isRefusal, type Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Confirmed, Door } from '#shared/door'
import { PlanResult, type PlanType } from '../plans.graphql.ts'
import { shownPlan } from '../show-plan.ts'
import { PlanPreviewResult } from './apply.graphql.ts'
import { applyPlan } from './apply-plan.ts'
import { type PlanPreview, previewPlan } from './preview-plan.ts'
import { undoPlan } from './undo-plan.ts'

@Resolver()
export class PlanApplicationResolver {
  @Door('start', 'StaffPlan')
  @Query(() => PlanPreviewResult, {
    description: 'What putting a plan in force would change, and every handoff it causes. Changes nothing.',
    complexity: () => 500,
  })
  staffPlanPreview(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<PlanPreview | Refusal> {
    return previewPlan(ctx, id)
  }

  @Door('start', 'StaffPlan')
  @Confirmed()
  @Mutation(() => PlanResult, { description: 'Puts a plan in force from its first day on, as it was previewed: all of it or nothing.' })
  async applyStaffPlan(
    @FromContext('ctx') ctx: Ctx,
    @Arg('id', () => ID) id: string,
    @Arg('previewHash', () => String, { description: 'Of the preview that was seen; refused when things stand differently.' })
    previewHash: string,
    @Arg('idempotencyKey', () => String, { description: '8 to 200 printable characters.' }) idempotencyKey: string,
  ): Promise<PlanType | Refusal> {
    const plan = await applyPlan(ctx, { planId: id, hash: previewHash, idempotencyKey })
    return isRefusal(plan) ? plan : shownPlan(ctx, plan)
  }

  @Door('end', 'StaffPlan')
  @Confirmed()
  @Mutation(() => PlanResult, {
    description: 'Takes a plan back within a day of putting it in force and before its first day begins: all of it or nothing.',
  })
  async undoStaffPlan(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<PlanType | Refusal> {
    const plan = await undoPlan(ctx, id)
    return isRefusal(plan) ? plan : shownPlan(ctx, plan)
  }
}
