import { Ctx, Query, Resolver } from 'type-graphql'
import { Door } from '#shared/door'
import type { Visit } from '#shared/visit'

@Resolver()
export class OutsideResolver {
  @Door.open
  @Query(() => String, {
    nullable: true,
    description: "Name of the region's own identity provider; signing in there starts at /auth/oidc/start. Null when there is none.",
  })
  identityProvider(@Ctx('visit') visit: Visit): string | null {
    return visit.identityProvider
  }
}
