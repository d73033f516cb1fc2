import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { PatientRiskType } from './risk.graphql.ts'
import { OverrideTierInput, TierOverrideCountsType, TierOverrideResult, TierOverrideType } from './tier-override.graphql.ts'
import { countTierOverrides, overrideTier, type TierOverrideCounts, tierOverridesOf, withdrawTierOverride } from './tier-overrides.ts'

@Resolver(() => PatientRiskType)
export class TierOverrideResolver {
  @FieldResolver(() => [TierOverrideType], { description: 'Those that ended or are over included, the newest first.' })
  async overrides(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientRiskType): Promise<TierOverrideType[]> {
    return (await tierOverridesOf(ctx, id)) ?? []
  }

  @Door('read', 'ClinicalRecord')
  @Query(() => TierOverrideCountsType, { description: 'Of the charts in reach.' })
  tierOverrideCounts(@FromContext('ctx') ctx: Ctx): Promise<TierOverrideCounts> {
    return countTierOverrides(ctx)
  }

  @Door('create', 'TierOverride')
  @Mutation(() => TierOverrideResult, { description: 'Sets a clinician’s own tier beside the one that was worked out.' })
  overrideTier(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => OverrideTierInput) input: OverrideTierInput,
  ): Promise<TierOverrideType | Refusal> {
    return overrideTier(ctx, input)
  }

  @Door('end', 'TierOverride')
  @Mutation(() => TierOverrideResult, { description: 'Takes an own tier back; it stays on the chart as ended.' })
  withdrawTierOverride(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<TierOverrideType | Refusal> {
    return withdrawTierOverride(ctx, id)
  }
}
