import type { Refusal } from '@carecommons/kernel'
import { Arg, Ctx as FromContext, ID, Int, Mutation, Query, Resolver } from 'type-graphql'
import type { Ctx } from '#shared/context'
import { Confirmed, Door } from '#shared/door'
import type { Connection } from '#shared/page-of'
import { endSystem } from './end-system.ts'
import { listSystems, type SystemRead } from './list-systems.ts'
import { registerSystem } from './register-system.ts'
import { type SystemRole, systemRoles } from './system-roles.ts'
import { EndSystemResult, RegisterSystemInput, RegisterSystemResult, SystemConnectionType, SystemRoleType } from './systems.graphql.ts'

@Resolver()
export class SystemsResolver {
  @Door('read', 'SystemClient')
  @Query(() => SystemConnectionType, { description: 'Systems that sign in without a person, those at work first.' })
  systems(
    @FromContext('ctx') ctx: Ctx,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true, description: 'Words of the name, or of whose it is.' }) search: string | null,
    @Arg('ended', () => Boolean, { nullable: true, defaultValue: true, description: 'Also those that were ended.' }) ended: boolean | null,
  ): Promise<Connection<SystemRead>> {
    return listSystems(ctx, { search, ended: ended ?? true }, { first, after })
  }

  @Door('read', 'SystemClient')
  @Query(() => [SystemRoleType], { description: 'What can be registered, and for whom.' })
  systemRoles(@FromContext('ctx') ctx: Ctx): Promise<SystemRole[]> {
    return systemRoles(ctx)
  }

  @Door('create', 'SystemClient')
  @Confirmed()
  @Mutation(() => RegisterSystemResult, { description: 'Lets a program of a payer or a practice sign in with its own key.' })
  registerSystem(
    @FromContext('ctx') ctx: Ctx,
    @Arg('input', () => RegisterSystemInput) input: RegisterSystemInput,
  ): Promise<SystemRead | Refusal> {
    return registerSystem(ctx, { ...input, jwksUrl: input.jwksUrl ?? null, jwks: input.jwks ?? null })
  }

  @Door('end', 'SystemClient')
  @Mutation(() => EndSystemResult, { description: 'Ends a system and, at once, its tokens.' })
  endSystem(@FromContext('ctx') ctx: Ctx, @Arg('id', () => ID) id: string): Promise<SystemRead | Refusal> {
    return endSystem(ctx, id)
  }
}
