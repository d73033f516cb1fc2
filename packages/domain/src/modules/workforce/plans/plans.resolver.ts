import { isRefusal, type Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { type PlanWish, unusableWish } from './plan-wish.ts'
import { type PlanBasisType, PlanBasisResult, PlanLineType, PlanResult, PlanType, PlanWishInput } from './plans.graphql.ts'
import { proposePlan } from './propose-plan.ts'
import { openPlan, readPlans } from './read-plans.ts'
import { lineOf, shownBasis, shownPlan } from './show-plan.ts'

@Resolver()
export class PlansResolver {
  @Door('read', 'StaffPlan')
  @Query(() => [PlanLineType], { description: 'Proposals of who serves which practice, at most twenty, the newest first.' })
  async staffPlans(@FromContext('ctx') ctx: Ctx): Promise<PlanLineType[]> {
    return (await readPlans(ctx)).map((row) => lineOf(ctx, row))
  }

  @Door('read', 'StaffPlan')
  @Query(() => PlanType, { nullable: true })
  async staffPlan(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<PlanType | null> {
    const plan = await openPlan(ctx, id)
    return plan && shownPlan(ctx, plan)
  }

  @Door('create', 'StaffPlan')
  @Query(() => PlanBasisResult, { description: 'What a plan would be worked out from. Changes nothing.', complexity: () => 500 })
  async staffPlanBasis(
    @FromContext('ctx') ctx: Ctx,
    @Arg('wish', () => PlanWishInput) wish: PlanWishInput,
  ): Promise<PlanBasisType | Refusal> {
    const asked = wishOf(wish)
    return unusableWish(asked, ctx.clock.today(ctx.region.timeZone)) ?? shownBasis(ctx, asked)
  }

  @Door('create', 'StaffPlan')
  @Mutation(() => PlanResult, { description: 'Has a plan worked out. Nobody is assigned by it.' })
  async proposeStaffPlan(
    @FromContext('ctx') ctx: Ctx,
    @Arg('wish', () => PlanWishInput) wish: PlanWishInput,
    @Arg('idempotencyKey', () => String, { description: '8 to 200 printable characters. The same key makes one plan.' })
    idempotencyKey: string,
  ): Promise<PlanType | Refusal> {
    const plan = await proposePlan(ctx, wishOf(wish), idempotencyKey)
    return isRefusal(plan) ? plan : shownPlan(ctx, plan)
  }
}

const wishOf = (input: PlanWishInput): PlanWish => ({
  startsOn: input.startsOn,
  stepMinutes: input.stepMinutes ?? 60,
  minimumBlockMinutes: input.minimumBlockMinutes ?? 240,
  maximumPractices: input.maximumPractices ?? null,
  countsTravel: input.countsTravel ?? true,
  matchesLanguage: input.matchesLanguage ?? true,
  pins: (input.pins ?? []).map(({ minutes, ...pair }) => ({ ...pair, minutes: minutes ?? null })),
  forbids: (input.forbids ?? []).map((pair) => ({ ...pair })),
  parts: (input.parts ?? []).map(({ language, ...part }) => ({ ...part, language: language ?? null })),
})
