import type { DoorRule, Need } from '@carecommons/domain/graphql'
import { buildApiSchema } from '@carecommons/api'
import { type Root, rootsOf } from './questions.ts'

export const schema = buildApiSchema()
export const everyRoot = rootsOf(schema)
export const doorOf = ({ field }: Root): DoorRule => field.extensions['door'] as DoorRule
export const isOfAccount = (root: Root): boolean => doorOf(root) !== 'open' && (doorOf(root) as Need).subject === 'Account'

/**
 * What the matrix does not ask, and why. All of it concerns nobody but whoever asks: there is no id in it that could be somebody else's.
 * Suites of their own ask it, in the relations that matter there.
 */
export const leftOut: Readonly<Record<string, string>> = {
  'Mutation.signIn': 'takes no id; gives a session: contract/sign-in, hardening 28, 46',
  'Mutation.finishSignIn': 'takes a question of the own browser: contract/second-factor',
  'Mutation.askPasskey': 'asks anybody the same: contract/second-factor',
  'Mutation.signOut': 'would end the sessions of the other cases: contract/session',
  'Mutation.unlock': 'own session: contract/session',
  'Mutation.stepUp': 'own session: contract/dangerous-acts',
  'Mutation.beginAcceptance': 'the token of a letter is the key: contract/people',
  'Mutation.acceptInvitation': 'the token of a letter is the key: contract/people',
  'Mutation.joinByInvitation': 'the token of a letter is the key: contract/people',
  'Mutation.beginPasskey': 'own account: contract/second-factor',
  'Mutation.addPasskey': 'own account: contract/second-factor',
  'Mutation.beginTotp': 'own account: contract/second-factor',
  'Mutation.addTotp': 'own account: contract/second-factor',
  'Mutation.renewRecoveryCodes': 'own account: contract/second-factor',
  'Mutation.changePassword': 'would end the sessions of the other cases: contract/session',
  'Mutation.endOtherSessions': 'would end the sessions of the other cases: contract/session',
}

/** Types that only those roots answer with, and subscriptions: contract/subscriptions. */
export const leftOutTypes: readonly string[] = [
  'AcceptanceBegun',
  'AuthenticatorAdded',
  'InvitationAccepted',
  'Moved',
  'PasskeyQuestion',
  'SecondStep',
  'TotpSecret',
]

export const roots = everyRoot
  .filter(({ name }) => !(name in leftOut))
  // Before the others leave their own rows there.
  .sort((a, b) => Number(b.name.startsWith('Query.audit')) - Number(a.name.startsWith('Query.audit')))
