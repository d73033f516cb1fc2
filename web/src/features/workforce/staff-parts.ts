import { graphql, type ResultOf } from '../../lib/graphql.ts'

/** One of the shared staff, as dialogs and tables need them. */
export const StaffFacts = graphql(`
  fragment StaffFacts on SharedStaff @_unmask {
    id
    name
    discipline
    employer
    ftePercent
    weeklyMinutes
    homeBase
    languages
    supervisorId
    supervisor
    version
    credentials {
      id
      kind
      title
      state
      number
      expiresOn
      expiry
    }
    mustMove {
      id
      practice {
        name
      }
    }
  }
`)
export type StaffFacts = ResultOf<typeof StaffFacts>
export type Credential = StaffFacts['credentials'][number]

const pad = (value: number): string => String(value).padStart(2, '0')
/** Minutes after midnight as `08:30`. */
export const clockOf = (minutes: number): string => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
