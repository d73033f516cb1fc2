import {
  type DocumentNode,
  getNullableType,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  TypeInfo,
  type VariableNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'
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
  assertFitting(asked)
  const cost = costOf(asked)
  if (cost > MOST) throw refusal('TOO_COSTLY', `The operation would cost ${cost}, more than ${MOST}. Ask for smaller pages.`)
}

function assertFitting({ schema, document, variables, operationName }: Asked): void {
  const { errors, coerced } = getVariableValues(schema, getOperationAST(document, operationName)?.variableDefinitions ?? [], variables)
  if (errors) throw refusal('BAD_USER_INPUT', errors.map(({ message }) => message).join('\n'))
  const unfit = neverNull(schema, document).find((name) => coerced[name] === null)
  if (unfit !== undefined) throw refusal('BAD_USER_INPUT', `Variable "$${unfit}" is used where null cannot stand.`)
}

/** Variables by document that stand where null cannot. */
const known = new WeakMap<DocumentNode, readonly string[]>()

/**
 * A variable with a default may stand where null cannot, such as in `@include(if:)`, and be given as null all the same: the default does
 * not step in then (GraphQL, October 2021, section 5.8.5), and whoever comes to it later can only fail.
 */
function neverNull(schema: GraphQLSchema, document: DocumentNode): readonly string[] {
  const kept = known.get(document)
  if (kept) return kept
  const names = new Set<string>()
  const types = new TypeInfo(schema)
  const note = (node: VariableNode) => void (isNonNullType(types.getInputType()) && names.add(node.name.value))
  visit(document, visitWithTypeInfo(types, { VariableDefinition: () => false, Variable: note }))
  known.set(document, [...names])
  return [...names]
}

/** Costs known, by document. */
const costsKnown = new WeakMap<DocumentNode, Map<string, number>>()
const MOST_KNOWN = 100

/** Worked out once for all requests that differ in words only: numbers set page sizes, and what is left out hangs on true and false. */
function costOf(asked: Asked): number {
  const costs = costsKnown.get(asked.document) ?? new Map<string, number>()
  costsKnown.set(asked.document, costs)
  const key = JSON.stringify([asked.operationName, asked.variables], (_, value: unknown) => (typeof value === 'string' ? '' : value))
  const cost = costs.get(key) ?? workOut(asked)
  if (costs.size < MOST_KNOWN) costs.set(key, cost)
  return cost
}

const workOut = ({ schema, document, variables, operationName }: Asked): number =>
  getComplexity({ schema, query: document, variables, operationName, estimators: [fieldExtensionsEstimator(), estimate] })

const refusal = (code: string, message: string) => new GraphQLError(message, { extensions: { code, http: { status: 400 } } })

const estimate: ComplexityEstimator = ({ field, args, childComplexity }) => {
  const { first } = args as { first?: unknown }
  if (typeof first === 'number' && first < 1) throw refusal('BAD_USER_INPUT', `'first' is between 1 and 200.`)
  if (field.args.some(({ name }) => name === 'first'))
    return 1 + Math.max(1, typeof first === 'number' ? first : TYPICAL_LIST) * childComplexity
  // The edges of a connection are counted where the page size is.
  const isList = isListType(getNullableType(field.type)) && field.name !== 'edges'
  return 1 + (isList ? TYPICAL_LIST : 1) * childComplexity
}
