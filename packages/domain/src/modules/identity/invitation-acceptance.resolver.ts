import { type Day, isRefusal } from '@carecommons/kernel'
import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import { Door } from '#shared/door'
import { DayScalar } from '#shared/scalars.graphql'
import type { Visit } from '#shared/visit'
import { acceptInvitation, beginAcceptance, joinByInvitation, readInvitation } from './accept-invitation.ts'
import { viewerOf, ViewerResult } from './identity.graphql.ts'
import {
  AcceptanceBegunResult,
  AcceptInvitationInput,
  InvitationAcceptedResult,
  InvitationReadResult,
} from './invitation-acceptance.graphql.ts'
import { signedIn } from './signed-in.ts'

const BIRTH_DATE = 'Of a patient, as the chart has it; wrong three times, the invitation ends.'

/** For whoever holds the link of a letter. */
@Resolver()
export class InvitationAcceptanceResolver {
  @Door.open
  @Query(() => InvitationReadResult)
  async invitationBehind(@Ctx('visit') visit: Visit, @Arg('token', () => String) token: string): Promise<typeof InvitationReadResult> {
    const found = await readInvitation(visit, token)
    if (isRefusal(found)) return found
    const isPatient = found.patientId !== null
    return {
      ...found,
      name: isPatient ? null : found.name,
      asksBirthDate: isPatient,
      renews: found.renewed !== null,
      confirms: found.renewed?.waits ?? false,
    }
  }

  @Door.open
  @Mutation(() => AcceptanceBegunResult, {
    description: 'What a newcomer signs in with from now on is chosen from this, within ten minutes.',
  })
  beginAcceptance(
    @Ctx('visit') visit: Visit,
    @Arg('token', () => String) token: string,
    @Arg('birthDate', () => DayScalar, { nullable: true, description: BIRTH_DATE }) birthDate: Day | null,
    @Arg('password', () => String, { nullable: true, description: 'Refused here already where `acceptInvitation` would refuse it.' })
    password: string | null,
  ): Promise<typeof AcceptanceBegunResult> {
    return beginAcceptance(visit, { token, birthDate: birthDate ?? null, password: password ?? null })
  }

  @Door.open
  @Mutation(() => InvitationAcceptedResult)
  async acceptInvitation(
    @Ctx('visit') visit: Visit,
    @Arg('input', () => AcceptInvitationInput) input: AcceptInvitationInput,
  ): Promise<typeof InvitationAcceptedResult> {
    const result = await acceptInvitation(visit, input)
    return isRefusal(result) ? result : { viewer: viewerOf(result.session), recoveryCodes: result.recoveryCodes }
  }

  @Door('update', 'Account')
  @Mutation(() => ViewerResult, { description: 'Somebody who signs in already takes the role on top; the session acts under it at once.' })
  async joinByInvitation(
    @Ctx('visit') visit: Visit,
    @Arg('token', () => String) token: string,
    @Arg('birthDate', () => DayScalar, { nullable: true, description: BIRTH_DATE }) birthDate: Day | null,
  ): Promise<typeof ViewerResult> {
    const result = await joinByInvitation(visit, await signedIn(visit), { token, birthDate: birthDate ?? null })
    return isRefusal(result) ? result : viewerOf(result)
  }
}
