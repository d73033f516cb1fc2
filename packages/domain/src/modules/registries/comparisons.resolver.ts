import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, Int, Mutation, Query, Resolver } from 'type-graphql'
import { pageSize } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { upTo } from '#shared/up-to'
import { CompareRegistryInput, RegistryComparisonResult, RegistryComparisonType, RegistryMoverType } from './comparisons.graphql.ts'
import { listRegistryComparisons, MOST_COMPARISONS, type RegistryComparisonRow } from './read-comparisons.ts'
import { type RegistryMoverRow, registryMovers } from './read-movers.ts'
import { startRegistryComparison } from './start-comparison.ts'

@Resolver()
export class RegistryComparisonsResolver {
  @Door('start', 'Registry')
  @Query(() => [RegistryComparisonType], {
    description: 'Versions of registries that were compared with the one in force, the newest first. Never a patient.',
    complexity: upTo(MOST_COMPARISONS),
  })
  registryComparisons(@FromContext('ctx') ctx: Ctx): Promise<RegistryComparisonRow[]> {
    return listRegistryComparisons(ctx)
  }

  @Door('start', 'Registry')
  @Mutation(() => RegistryComparisonResult, {
    description: 'Has every chart gone through by a version that is not in force, beside the one that is. Nobody comes in or leaves by it.',
  })
  compareRegistry(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => CompareRegistryInput) input: CompareRegistryInput,
  ): Promise<RegistryComparisonRow | Refusal> {
    return startRegistryComparison(ctx, input)
  }

  @Door('read', 'ClinicalRecord')
  @Query(() => [RegistryMoverType], {
    description: 'Own patients who would come into a registry or leave it by a version that the region compared and did not put in force.',
  })
  registryMovers(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
  ): Promise<RegistryMoverRow[]> {
    return registryMovers(ctx, pageSize(first, 50))
  }
}
