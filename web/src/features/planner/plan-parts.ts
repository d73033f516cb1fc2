import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts'

const Shape = graphql(`
  fragment PlanShape on StaffPlanBasis @_unmask {
    people {
      id
      name
      discipline
      availableMinutes
      isLicensed
    }
    practices {
      practice {
        id
        name
      }
      needs {
        duty
        language
        minutes
      }
    }
    current {
      staffId
      practiceId
      minutes
    }
    kept {
      staffId
      practiceId
      minutes
    }
    unknownWays {
      from
      to
    }
    leftOut
  }
`)

export const Basis = graphql(
  `
    query Planner_basis($wish: PlanWishInput!) {
      staffPlanBasis(wish: $wish) {
        __typename
        ...PlanShape
        ... on Refused {
          message
        }
      }
    }
  `,
  [Shape],
)
export type Basis = ResultOf<typeof Shape>

export const Plans = graphql(`
  query Planner_plans {
    staffPlans {
      id
      startsOn
      state
      requestedByName
      requestedAt
      inputHash
      figures {
        servedMinutes
        leastShare
      }
      application {
        startsOn
        undoneAt
      }
    }
  }
`)
export type PlanLine = ResultOf<typeof Plans>['staffPlans'][number]

const Facts = graphql(`
  fragment PlanFacts on StaffPlan @_unmask {
    id
    startsOn
    state
    failure
    inputHash
    figures {
      neededMinutes
      servedMinutes
      leastShare
      meanShare
      evenness
      currentMinutes
      keptMinutes
      travelMinutes
    }
    application {
      startsOn
      appliedByName
      appliedAt
      undoUntil
      undoneByName
      undoneAt
    }
    people {
      id
      name
    }
    practices {
      practice {
        id
        name
      }
    }
    hours {
      staffId
      practiceId
      minutes
      because {
        kind
        minutes
        duty
        language
        from
        to
      }
    }
    shares {
      practiceId
      neededMinutes
      servedMinutes
      unserved {
        duty
        language
        minutes
        because
        bars
      }
    }
    ending {
      staffId
      practiceId
      minutes
      because
    }
    proofs {
      kind
      level
      value
      bound
    }
    prices {
      rule
      staffId
      practiceId
      leastLevel
      servedMinutes
      proven
    }
  }
`)
export type Plan = ResultOf<typeof Facts>

export const OnePlan = graphql(
  `
    query Planner_plan($id: ID!) {
      staffPlan(id: $id) {
        ...PlanFacts
      }
    }
  `,
  [Facts],
)

export const Propose = graphql(`
  mutation Planner_propose($wish: PlanWishInput!, $idempotencyKey: String!) {
    proposeStaffPlan(wish: $wish, idempotencyKey: $idempotencyKey) {
      __typename
      ... on StaffPlan {
        id
      }
      ... on Refused {
        message
      }
    }
  }
`)
export type Wish = VariablesOf<typeof Propose>['wish']

/** What was set for somebody at a practice; a pin without minutes leaves their number to the plan. */
export type Mark = { readonly kind: 'pin'; readonly minutes: number | null } | { readonly kind: 'forbid' }
export type Marks = ReadonlyMap<string, Mark>
export const pairKey = (staffId: string, practiceId: string): string => `${staffId} ${practiceId}`

export function wishWith(rules: Omit<Wish, 'pins' | 'forbids'>, marks: Marks): Wish {
  const pairs = [...marks].map(([key, mark]) => {
    const [staffId, practiceId] = key.split(' ') as [string, string]
    return { staffId, practiceId, mark }
  })
  return {
    ...rules,
    pins: pairs.flatMap(({ mark, ...pair }) => (mark.kind === 'pin' ? [{ ...pair, minutes: mark.minutes }] : [])),
    forbids: pairs.flatMap(({ mark, ...pair }) => (mark.kind === 'forbid' ? [pair] : [])),
  }
}
