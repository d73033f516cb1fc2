import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import { pageSize } from '#shared/bad-input'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { ComparePackagesInput, MoverType, MoveType, PackageComparisonResult, PackageComparisonType } from './comparisons.graphql.ts'
import { type Comparison, comparisonOf, comparisonsWith, type Move, movesOf } from './read-comparisons.ts'
import { latestMovers, type Mover } from './read-movers.ts'
import { startComparison } from './start-comparison.ts'

@Resolver(() => PackageComparisonType)
export class ComparisonsResolver {
  @Door('read', 'MeasurePackage')
  @Query(() => [PackageComparisonType], { description: 'Comparisons that a package has part in, newest first.' })
  packageComparisons(@FromContext('ctx') ctx: Ctx, @Arg('hash', () => String) hash: string): Promise<Comparison[]> {
    return comparisonsWith(ctx, hash)
  }

  @Door('read', 'MeasurePackage')
  @Query(() => PackageComparisonType, { nullable: true })
  packageComparison(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<Comparison | null> {
    return comparisonOf(ctx, id)
  }

  @FieldResolver(() => [MoveType], { description: 'Who moves where, once it is done. Never a patient, and no count of 1 to 10.' })
  moves(@FromContext('ctx') ctx: Ctx, @Root() comparison: PackageComparisonType): Promise<Move[]> {
    return movesOf(ctx, comparison.id)
  }

  @Door('create', 'MeasurePackage')
  @Mutation(() => PackageComparisonResult, { description: 'Evaluates two packages on the live charts. Nothing that is published changes.' })
  comparePackages(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => ComparePackagesInput) input: ComparePackagesInput,
  ): Promise<Comparison | Refusal> {
    return startComparison(ctx, input)
  }

  @Door('read', 'PracticeOverview')
  @Query(() => [MoverType], { description: 'Own patients who would stand elsewhere in the latest comparison of two versions, by name.' })
  measureMovers(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
  ): Promise<Mover[]> {
    return latestMovers(ctx, pageSize(first, 50))
  }
}
