import { graphql, type ResultOf } from '../../lib/graphql.ts'

export const ConsentFacts = graphql(`
  fragment ConsentFacts on Consent @_unmask {
    id
    kind
    category
    recipient {
      id
      name
    }
    manner
    givenBy
    givenAs
    givenOn
    scope
    expiresAt
    recordedByName
    recordedAt
    endedAt
    endedByName
    isOpen
  }
`)
export type ConsentFacts = ResultOf<typeof ConsentFacts>
