import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, Mutation, Query, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Confirmed, Door } from '#shared/door'
import { upTo } from '#shared/up-to'
import { activateRegistry, retireRegistry } from './agree-on-registry.ts'
import {
  ActivateRegistryInput,
  RegistryTermResult,
  RegistryTermType,
  RegistryVersionType,
  RetiredRegistryType,
  RetireRegistryInput,
} from './registry-desk.graphql.ts'
import {
  listRegistryTerms,
  listRegistryVersions,
  listRetired,
  MOST,
  type RegistryTermRow,
  type RegistryVersionRow,
  type RetiredRegistryRow,
} from './registry-terms.ts'

@Resolver()
export class RegistryDeskResolver {
  @Door('start', 'Registry')
  @Query(() => [RegistryVersionType], { description: 'Definitions of registries, by title, the newest first.', complexity: upTo(MOST) })
  registryVersions(@FromContext('ctx') ctx: Ctx): Promise<RegistryVersionRow[]> {
    return listRegistryVersions(ctx)
  }

  @Door('start', 'Registry')
  @Query(() => [RegistryTermType], { description: 'What was agreed on about registries, the newest first.', complexity: upTo(MOST) })
  registryTerms(@FromContext('ctx') ctx: Ctx): Promise<RegistryTermRow[]> {
    return listRegistryTerms(ctx)
  }

  @Door('read', 'Registry')
  @Query(() => [RetiredRegistryType], { description: 'Registries that are counted no more, the last one first.', complexity: upTo(MOST) })
  retiredRegistries(@FromContext('ctx') ctx: Ctx): Promise<RetiredRegistryRow[]> {
    return listRetired(ctx)
  }

  @Door('start', 'Registry')
  @Confirmed()
  @Mutation(() => RegistryTermResult, { description: 'Has a registry counted by a version, in all practices, from now on.' })
  activateRegistry(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => ActivateRegistryInput) input: ActivateRegistryInput,
  ): Promise<RegistryTermRow | Refusal> {
    return activateRegistry(ctx, input)
  }

  @Door('end', 'Registry')
  @Confirmed()
  @Mutation(() => RegistryTermResult, {
    description: 'Has a registry counted no more: everybody in it leaves, and charts keep that they were.',
  })
  retireRegistry(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RetireRegistryInput) input: RetireRegistryInput,
  ): Promise<RegistryTermRow | Refusal> {
    return retireRegistry(ctx, input)
  }
}
