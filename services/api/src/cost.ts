import { type DocumentNode, getNullableType, GraphQLError, type GraphQLSchema, isListType } from 'graphql'
import { type ComplexityEstimator, fieldExtensionsEstimator, getComplexity } from 'graphql-query-complexity'

/** A page of 200 charts with every column of the registry costs about 13,000. */
const MOST = 20_000
/** What a list without a page size is taken for. */
const TYPICAL_LIST = 10

export interface Asked {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly variables: Record<string, unknown>
  readonly operationName: string | undefined
}

/** Refuses what would read or build too much, before anything is read. A field costs 1, a list its length times what is in it. */
export function assertAffordable(asked: Asked): void {
  const cost = costOf(asked)
  if (cost > MOST) throw refusal('TOO_COSTLY', `The operation would cost ${cost}, more than ${MOST}. Ask for smaller pages.`)
}

function costOf({ schema, document, variables, operationName }: Asked): number {
  try {
    return getComplexity({ schema, query: document, variables, operationName, estimators: [fieldExtensionsEstimator(), estimate] })
  } catch (error) {
    // Variables that do not fit their types are met here first.
    if (error instanceof GraphQLError) throw refusal('BAD_USER_INPUT', error.message)
    throw error
  }
}

const refusal = (code: string, message: string) => new GraphQLError(message, { extensions: { code, http: { status: 400 } } })

const estimate: ComplexityEstimator = ({ field, args, childComplexity }) => {
  const { first } = args as { first?: unknown }
  if (field.args.some(({ name }) => name === 'first'))
    return 1 + Math.max(1, typeof first === 'number' ? first : TYPICAL_LIST) * childComplexity
  // The edges of a connection are counted where the page size is.
  const isList = isListType(getNullableType(field.type)) && field.name !== 'edges'
  return 1 + (isList ? TYPICAL_LIST : 1) * childComplexity
}
