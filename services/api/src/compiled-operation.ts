import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema } from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'

type Run = (entrance: unknown, variables: Record<string, unknown>) => Promise<ExecutionResult>

/** By document, as the server keeps it: forgotten together with it. */
const compiled = new WeakMap<DocumentNode, Map<string | undefined, Run>>()

/**
 * An operation as one function of its own instead of a walk over document and schema for each object: a page of fifty rows is a
 * thousand fields. Resolvers, guards and serializers are called as ever.
 */
export function compiledOperation(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Run {
  const known = compiled.get(document) ?? new Map<string | undefined, Run>()
  compiled.set(document, known)
  const run = known.get(operationName) ?? compile(schema, document, operationName)
  known.set(operationName, run)
  return run
}

function compile(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Run {
  const query = compileQuery(schema, document, operationName)
  if (isCompiledQuery(query)) return async (entrance, variables) => query.query(undefined, entrance, variables)
  // The document is valid by now: what cannot be compiled is a bug.
  throw new GraphQLError('The operation cannot be compiled.', { originalError: query.errors?.[0] ?? null })
}
