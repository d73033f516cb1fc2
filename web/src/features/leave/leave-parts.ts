import { graphql, type ResultOf } from '../../lib/graphql.ts'

export const Leave = graphql(`
  fragment Leave on StaffLeave @_unmask {
    id
    name
    kind
    from
    until
    uncovered {
      id
      name
    }
  }
`)
export type Leave = ResultOf<typeof Leave>

export const Cover = graphql(`
  fragment Cover on LeaveCover @_unmask {
    id
    practice {
      id
      name
    }
    leaverId
    leaver
    membershipId
    cover
    from
    until
    state
  }
`)
export type Cover = ResultOf<typeof Cover>
