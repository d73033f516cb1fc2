import { graphql, type ResultOf } from '../../lib/graphql.ts'

export const ShareFacts = graphql(`
  fragment ShareFacts on ShareGrant @_unmask {
    id
    recipient {
      id
      name
    }
    categories
    basis
    expiresAt
    grantedByName
    grantedAt
    endedAt
    endedByName
    isOpen
  }
`)
export type ShareFacts = ResultOf<typeof ShareFacts>
