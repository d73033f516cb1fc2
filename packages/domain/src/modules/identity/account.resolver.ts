import { isRefusal } from '@carecommons/kernel'
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import { Door } from '#shared/door'
import type { Visit } from '#shared/visit'
import {
  AccountResult,
  AccountType,
  AddPasskeyInput,
  AddTotpInput,
  AuthenticatorAddedResult,
  ChangePasswordInput,
  TotpSecretResult,
} from './account.graphql.ts'
import { addPasskey, addTotp, beginPasskey, beginTotp, renewRecoveryCodes } from './add-authenticator.ts'
import { changePassword } from './change-password.ts'
import { PasskeyQuestionResult, viewerOf, ViewerResult } from './identity.graphql.ts'
import { endOtherSessions, endSession, readAccount } from './read-account.ts'
import { removeAuthenticator } from './remove-authenticator.ts'
import { renameMyself } from './rename-person.ts'
import { signedIn } from './signed-in.ts'

/** The own sign-in, and nobody else's: no field takes a person. */
@Resolver()
export class AccountResolver {
  @Door('read', 'Account')
  @Query(() => AccountType)
  async account(@Ctx('visit') visit: Visit): Promise<AccountType> {
    return readAccount(visit, await signedIn(visit))
  }

  @Door('update', 'Account')
  @Mutation(() => ViewerResult, { description: 'The own name, as everybody sees it from now on. A patient has that of the chart.' })
  async renameMyself(@Ctx('visit') visit: Visit, @Arg('name', () => String) name: string): Promise<typeof ViewerResult> {
    const result = await renameMyself(visit, await signedIn(visit), name)
    return isRefusal(result) ? result : viewerOf(result)
  }

  @Door('update', 'Account')
  @Mutation(() => AccountResult, { description: 'Ends the other sessions of the person.' })
  async changePassword(
    @Ctx('visit') visit: Visit,
    @Arg('input', () => ChangePasswordInput) input: ChangePasswordInput,
  ): Promise<typeof AccountResult> {
    return changePassword(visit, await signedIn(visit), input)
  }

  @Door('update', 'Account')
  @Mutation(() => TotpSecretResult, { description: 'Begins with an authenticator app; `addTotp` takes its first code.' })
  async beginTotp(@Ctx('visit') visit: Visit): Promise<typeof TotpSecretResult> {
    return beginTotp(visit, await signedIn(visit))
  }

  @Door('update', 'Account')
  @Mutation(() => AuthenticatorAddedResult)
  async addTotp(
    @Ctx('visit') visit: Visit,
    @Arg('input', () => AddTotpInput) input: AddTotpInput,
  ): Promise<typeof AuthenticatorAddedResult> {
    return addTotp(visit, await signedIn(visit), input)
  }

  @Door('update', 'Account')
  @Mutation(() => PasskeyQuestionResult, { description: 'Begins with a passkey; `addPasskey` takes what the browser made.' })
  async beginPasskey(@Ctx('visit') visit: Visit): Promise<typeof PasskeyQuestionResult> {
    return beginPasskey(visit, await signedIn(visit))
  }

  @Door('update', 'Account')
  @Mutation(() => AuthenticatorAddedResult)
  async addPasskey(
    @Ctx('visit') visit: Visit,
    @Arg('input', () => AddPasskeyInput) input: AddPasskeyInput,
  ): Promise<typeof AuthenticatorAddedResult> {
    return addPasskey(visit, await signedIn(visit), input)
  }

  @Door('update', 'Account')
  @Mutation(() => AuthenticatorAddedResult, { description: 'Ten new codes; those of before are void.' })
  async renewRecoveryCodes(@Ctx('visit') visit: Visit): Promise<typeof AuthenticatorAddedResult> {
    return renewRecoveryCodes(visit, await signedIn(visit))
  }

  @Door('end', 'Account')
  @Mutation(() => AccountResult, { description: 'An authenticator app or a passkey.' })
  async removeAuthenticator(@Ctx('visit') visit: Visit, @Arg('id', () => ID) id: string): Promise<typeof AccountResult> {
    return removeAuthenticator(visit, await signedIn(visit), id)
  }

  @Door('end', 'Account')
  @Mutation(() => AccountResult)
  async endSession(@Ctx('visit') visit: Visit, @Arg('id', () => ID) id: string): Promise<typeof AccountResult> {
    return endSession(visit, await signedIn(visit), id)
  }

  @Door('end', 'Account')
  @Mutation(() => AccountType)
  async endOtherSessions(@Ctx('visit') visit: Visit): Promise<AccountType> {
    return endOtherSessions(visit, await signedIn(visit))
  }
}
