import { graphql, type ResultOf } from '../../lib/graphql.ts'
import type { Way } from '../sign-in/proof-form.tsx'

/** Everything the page shows; every change answers it anew. */
export const AccountFacts = graphql(`
  fragment AccountFacts on Account @_unmask {
    password {
      changedAt
    }
    authenticators {
      id
      label
      createdAt
      lastUsedAt
    }
    passkeys {
      id
      label
      createdAt
      lastUsedAt
    }
    recoveryCodes
    sessions {
      id
      startedAt
      lastSeenAt
      browser
      network
      isCurrent
    }
  }
`)
export type AccountFacts = ResultOf<typeof AccountFacts>

export const confirmingWays = ({ password, passkeys, authenticators }: AccountFacts): Way[] => [
  ...(password ? ['PASSWORD' as const] : []),
  ...(passkeys.length > 0 ? ['PASSKEY' as const] : []),
  ...(authenticators.length > 0 ? ['TOTP' as const] : []),
]
