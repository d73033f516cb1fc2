import { graphql, type ResultOf } from '../../lib/graphql.ts'

export const Preview = graphql(`
  query Planner_preview($id: ID!) {
    staffPlanPreview(id: $id) {
      __typename
      ... on StaffPlanPreview {
        startsOn
        hash
        changes {
          kind
          membershipId
          careManager
          practice {
            id
            name
          }
          duty
          hoursBefore {
            weekday
            from
            until
          }
          hours {
            weekday
            from
            until
          }
          minutesBefore
          minutes
          endsOn
          refusal
          concerns {
            kind
            practice
            weekday
            from
            until
            minutes
          }
        }
        handoffs {
          membershipId
          careManager
          practice {
            id
            name
          }
          leaves
          fewerMinutes
          cases
          points
          due
          takers {
            membershipId
            name
            minutes
          }
        }
        withNobody {
          id
          name
        }
      }
      ... on Refused {
        message
      }
    }
  }
`)
export type PlanPreview = Extract<ResultOf<typeof Preview>['staffPlanPreview'], { __typename: 'StaffPlanPreview' }>

export const Apply = graphql(`
  mutation Planner_apply($id: ID!, $previewHash: String!, $idempotencyKey: String!) {
    applyStaffPlan(id: $id, previewHash: $previewHash, idempotencyKey: $idempotencyKey) {
      __typename
      ... on StaffPlan {
        id
        application {
          appliedAt
        }
      }
      ... on Refused {
        message
      }
    }
  }
`)

export const Undo = graphql(`
  mutation Planner_undo($id: ID!) {
    undoStaffPlan(id: $id) {
      __typename
      ... on StaffPlan {
        id
        application {
          undoneAt
        }
      }
      ... on Refused {
        message
      }
    }
  }
`)
