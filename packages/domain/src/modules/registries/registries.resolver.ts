import { Ctx as FromContext, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import { PatientType } from '#graphql/patient'
import type { Ctx } from '#shared/context'
import { Door, Needs } from '#shared/door'
import { upTo } from '#shared/up-to'
import { listRegistries } from './list-registries.ts'
import { RegistryStayType, RegistryType } from './registries.graphql.ts'
import { staysOf } from './stays-of.ts'

@Resolver(() => PatientType)
export class RegistriesResolver {
  @Door('read', 'Registry')
  @Query(() => [RegistryType], { description: 'Condition registries in force, in the order of their page.', complexity: upTo(12) })
  registries(@FromContext('ctx') ctx: Ctx): Promise<RegistryType[]> {
    return listRegistries(ctx)
  }

  @Needs('read', 'ClinicalRecord')
  @FieldResolver(() => [RegistryStayType], {
    // Asked of one chart, not of each in a list.
    complexity: ({ childComplexity }) => 1000 + 6 * childComplexity,
    description: 'Which registries the person is in, then those they were in, the newest first.',
  })
  async registryHistory(@FromContext('ctx') ctx: Ctx, @Root() { id }: PatientType): Promise<RegistryStayType[]> {
    return (await staysOf(ctx, id)) ?? []
  }
}
