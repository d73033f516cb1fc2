import { graphql, type ResultOf } from '../../lib/graphql.ts'
import { words } from '../../words/index.ts'

export const Version = graphql(`
  fragment Version on MeasurePackage @_unmask {
    hash
    measureId
    version
    title
    improvement
    loadedAt
    loadedBy
    isComputed
  }
`)
export type Version = ResultOf<typeof Version>

export const Term = graphql(`
  fragment Term on MeasureTerm @_unmask {
    id
    measureId
    title
    packageHash
    version
    startsOn
    endsOn
    agreedBy
    agreedWith
    target
    agreedAt
  }
`)
export type Term = ResultOf<typeof Term>

const yearOf = (day: string): string => day.slice(0, 4)

/** The years that something was agreed on for; the starter set holds since before any record. */
export const yearsOf = (startsOn: string, endsOn: string | null): string =>
  startsOn < '1990' && endsOn === null ? words.packages.everyYear : words.packages.years(yearOf(startsOn), endsOn && yearOf(endsOn))

/** As people name a package: enough of its hash to tell it from others. */
export const shortHash = (hash: string): string => hash.slice(0, 12)
