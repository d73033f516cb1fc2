import type { ResultOf } from '../../lib/graphql.ts'
import { graphql } from '../../lib/graphql.ts'

export const RegistryVersion = graphql(`
  fragment RegistryVersion on RegistryVersion @_unmask {
    packageHash
    registry
    title
    description
    version
    sources
    cql
    isInForce
    loadedAt
  }
`)
export type RegistryVersion = ResultOf<typeof RegistryVersion>
