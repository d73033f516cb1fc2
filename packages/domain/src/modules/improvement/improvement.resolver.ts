import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, Mutation, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Door } from '#shared/door'
import { ImprovementCycleResult, type ImprovementCycleType, SaveImprovementCycleInput } from './improvement.graphql.ts'
import { saveCycle } from './save-cycle.ts'

@Resolver()
export class ImprovementResolver {
  @Door('create', 'Improvement')
  @Mutation(() => ImprovementCycleResult, { description: 'Begins an improvement cycle of the practice, or changes one.' })
  saveImprovementCycle(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => SaveImprovementCycleInput) input: SaveImprovementCycleInput,
  ): Promise<ImprovementCycleType | Refusal> {
    return saveCycle(ctx, input)
  }
}
