import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { Person_patient } from '../patient/person.tsx'

/** Somebody in care management; of whom, only those are told who read charts. */
export const Case = graphql(
  `
    fragment Case on CareCase @_unmask {
      id
      practice {
        id
        name
      }
      points
      dueOn
      leadId
      leadName
      owner
      isCovered
      openedOn
      version
      patient @include(if: $charts) {
        id
        familyName
        givenName
        deceased
        ...Person_patient
      }
    }
  `,
  [Person_patient],
)
export type Case = ResultOf<typeof Case>

export const Load = graphql(`
  fragment Load on LeadLoad @_unmask {
    leadId
    leadName
    discipline
    supervisorId
    ftePercent
    isAway
    fitness
    practiceIds
    cases
    points
    overdue
    unowned
  }
`)
export type Load = ResultOf<typeof Load>

export const CaseloadRules = graphql(`
  fragment CaseloadRules on CaseloadRules @_unmask {
    fullTimePoints {
      most
      source
    }
    span {
      most
    }
    tiers {
      tier
      points
      contactDays
      source
    }
  }
`)
export type CaseloadRules = ResultOf<typeof CaseloadRules>

/** Points that somebody can carry; null where their hours are not told. */
export const fullOf = ({ ftePercent }: Load, rules: CaseloadRules): number | null =>
  ftePercent === null ? null : Math.round((rules.fullTimePoints.most * ftePercent) / 100)

/** A name for a person of whom nothing may be told: the end of the handle. */
export const handleOf = ({ id }: Pick<Case, 'id'>): string => id.slice(-6).toUpperCase()
