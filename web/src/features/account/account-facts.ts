import { graphql, type ResultOf } from '../../lib/graphql.ts'

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
