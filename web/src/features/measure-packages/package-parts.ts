import { graphql, type ResultOf } from '../../lib/graphql.ts'

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
    agreedAt
  }
`)
export type Term = ResultOf<typeof Term>

export const yearOf = (day: string): string => day.slice(0, 4)
/** As people name a package: enough of its hash to tell it from others. */
export const shortHash = (hash: string): string => hash.slice(0, 12)
