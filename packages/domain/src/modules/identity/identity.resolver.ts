import { isRefusal, type Refusal } from '@carecommons/kernel'
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { Door } from '#shared/door'
import { upTo } from '#shared/up-to'
import type { OpenSession, Visit } from '#shared/visit'
import { actAs } from './act-as.ts'
import { askPasskey } from './ask-passkey.ts'
import { stepUp, unlock } from './confirm.ts'
import {
  MembershipType,
  PasskeyPurposeEnum,
  PasskeyQuestionResult,
  ProofInput,
  SessionStateType,
  SignInInput,
  SignInResult,
  viewerOf,
  ViewerResult,
  ViewerType,
} from './identity.graphql.ts'
import { liveMemberships } from './live-memberships.ts'
import { sessionState } from './session-state.ts'
import { finishSignIn, signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { signedIn } from './signed-in.ts'

@Resolver(() => ViewerType)
export class IdentityResolver {
  @Door.open
  @Query(() => ViewerType, { nullable: true, description: 'Who is signed in and under which membership; null when nobody is.' })
  async me(@Ctx('visit') visit: Visit): Promise<ViewerType | null> {
    const session = await visit.session()
    return session && viewerOf(session)
  }

  @FieldResolver(() => [MembershipType], { complexity: upTo(10), description: 'Under which the person may act; see `actAs`.' })
  memberships(@Ctx('visit') visit: Visit, @Root() { user }: ViewerType): Promise<MembershipType[]> {
    return visit.sessions.within({ kind: 'door' }, (tx) => liveMemberships(tx, visit, user.id))
  }

  @Door.open
  @Query(() => SessionStateType, {
    description:
      'May this tab go on showing what it shows? Asking does not put off the lock; `inUse` says that somebody is typing or pointing.',
  })
  sessionState(@Ctx('visit') visit: Visit, @Arg('inUse', () => Boolean) inUse: boolean): Promise<SessionStateType> {
    return sessionState(visit, inUse)
  }

  @Door.open
  @Mutation(() => SignInResult)
  async signIn(@Ctx('visit') visit: Visit, @Arg('input', () => SignInInput) input: SignInInput): Promise<typeof SignInResult> {
    const result = await signIn(visit, input)
    return 'ways' in result ? result : viewerOrRefusal(result)
  }

  @Door.open
  @Mutation(() => ViewerResult, { description: 'The second factor after `signIn`, or a passkey alone after `askPasskey`.' })
  async finishSignIn(@Ctx('visit') visit: Visit, @Arg('proof', () => ProofInput) proof: ProofInput): Promise<typeof ViewerResult> {
    return viewerOrRefusal(await finishSignIn(visit, proof))
  }

  @Door.open
  @Mutation(() => PasskeyQuestionResult)
  askPasskey(
    @Ctx('visit') visit: Visit,
    @Arg('purpose', () => PasskeyPurposeEnum) purpose: keyof typeof PasskeyPurposeEnum,
  ): Promise<typeof PasskeyQuestionResult> {
    return askPasskey(visit, purpose)
  }

  @Door.open
  @Mutation(() => ViewerResult, { description: 'Opens a locked session where it stood.' })
  async unlock(@Ctx('visit') visit: Visit, @Arg('proof', () => ProofInput) proof: ProofInput): Promise<typeof ViewerResult> {
    return viewerOrRefusal(await unlock(visit, proof))
  }

  @Door('update', 'Account')
  @Mutation(() => ViewerResult, {
    description: 'Confirms who is working: dangerous acts ask for it within the last five minutes (StepUpNeeded).',
  })
  async stepUp(@Ctx('visit') visit: Visit, @Arg('proof', () => ProofInput) proof: ProofInput): Promise<typeof ViewerResult> {
    return viewerOrRefusal(await stepUp(visit, proof))
  }

  @Door('read', 'Account')
  @Mutation(() => ViewerResult, {
    description: 'Requests act under this membership from now on; the header `x-acting-as` names another for one request.',
  })
  async actAs(@Ctx('visit') visit: Visit, @Arg('membershipId', () => ID) membershipId: string): Promise<typeof ViewerResult> {
    return viewerOrRefusal(await actAs(visit, await signedIn(visit), membershipId))
  }

  @Door.open
  @Mutation(() => Boolean)
  signOut(@Ctx('visit') visit: Visit): Promise<boolean> {
    return signOut(visit)
  }
}

const viewerOrRefusal = (result: OpenSession | Refusal) => (isRefusal(result) ? result : viewerOf(result))
