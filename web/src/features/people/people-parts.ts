import { graphql, type ResultOf } from '../../lib/graphql.ts'

export const Staff = graphql(`
  fragment Staff on StaffMember @_unmask {
    id
    name
    email
    role
    startsOn
    endsOn
    lastSignedInAt
    waitsSince
    organization {
      id
      name
      kind
    }
    viewerCan {
      changeRoleTo
      end
      rename
      renewSignIn
    }
  }
`)
export type Staff = ResultOf<typeof Staff>

export const Waiting = graphql(`
  fragment Waiting on Invitation @_unmask {
    id
    renews
    name
    email
    role
    expiresAt
    sentAt
    mailFailedAt
    organization {
      id
      name
    }
  }
`)
export type Waiting = ResultOf<typeof Waiting>
