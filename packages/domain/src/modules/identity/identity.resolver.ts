import { isRefusal } from '@carecommons/kernel'
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { Door } from '#shared/door'
import type { OpenSession, Visit } from '#shared/visit'
import { SignInInput, SignInResult, ViewerType } from './identity.graphql.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'

@Resolver()
export class IdentityResolver {
  @Door.open
  @Query(() => ViewerType, { nullable: true, description: 'Who is signed in and under which membership; null when nobody is.' })
  async me(@Ctx('visit') visit: Visit): Promise<ViewerType | null> {
    const session = await visit.session()
    return session && viewerOf(session)
  }

  @Door.open
  @Mutation(() => SignInResult)
  async signIn(@Ctx('visit') visit: Visit, @Arg('input', () => SignInInput) input: SignInInput): Promise<typeof SignInResult> {
    const session = await signIn(visit, input)
    return isRefusal(session) ? session : viewerOf(session)
  }

  @Door.open
  @Mutation(() => Boolean)
  signOut(@Ctx('visit') visit: Visit): Promise<boolean> {
    return signOut(visit)
  }
}

const viewerOf = ({ user, viewer, organization, region }: OpenSession): ViewerType => ({
  user,
  membership: { id: viewer.membershipId, role: viewer.role, organization },
  region,
  practiceIds: viewer.practiceIds,
})
