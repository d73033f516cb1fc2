import { graphql, type ResultOf } from '../../lib/graphql.ts'

export const SystemFacts = graphql(`
  fragment SystemFacts on SystemClient @_unmask {
    id
    name
    role
    organization {
      id
      name
    }
    jwksUrl
    keyIds
    scopes
    registeredAt
    lastTokenAt
    endedAt
  }
`)
export type SystemFacts = ResultOf<typeof SystemFacts>
