import { graphql, type ResultOf } from '../../lib/graphql.ts'

export const EmergencyFacts = graphql(`
  fragment EmergencyFacts on EmergencyAccess @_unmask {
    id
    patientId
    patientName
    practice {
      id
      name
    }
    userName
    organization {
      id
      name
    }
    reason
    openedAt
    expiresAt
    endedAt
    contestedByName
    contestedAt
    contestWords
    mailedAt
    mailFailedAt
    regionToldAt
    isOpen
    canContest
    isBarred
    canLift
  }
`)
export type EmergencyFacts = ResultOf<typeof EmergencyFacts>
