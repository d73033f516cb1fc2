import { graphql, type ResultOf } from '../../lib/graphql.ts'

/** Need and capacity as the pages show them, of the region or of one practice. */
export const NeedFacts = graphql(`
  fragment NeedFacts on StaffNeed @_unmask {
    months {
      month
      paid
      leave
      travel
      meetings
      training
      supervision
      capacity
      demand
      scheduled
    }
    practices {
      practice {
        id
        name
      }
      people
      told
      transitions
      transitionsTold
      transitionMinutes
      tiers {
        tier
        people
        told
        minutes
      }
      months {
        month
        demand
        share
        scheduled
        entitlement
      }
    }
    figures {
      id
      figure
      value
      since
      source
    }
  }
`)
export type NeedFacts = ResultOf<typeof NeedFacts>
export type PracticeNeed = NeedFacts['practices'][number]
export type Figure = NeedFacts['figures'][number]
