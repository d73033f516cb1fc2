import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isObjectType,
  isScalarType,
  isEnumType,
  getNullableType,
  isListType,
  isUnionType,
} from 'graphql'

/** Values for arguments, by `Type.field`, as they stand in a document. */
export type Arguments = Readonly<Record<string, string>>

/**
 * For every query root a document that selects every field of everything that can be reached from it, so that no new field is forgotten: all of
 * them, or those that are open to whoever asks. What is dear is asked of one thing, not of each in a list.
 */
export function wholeQueries(
  schema: GraphQLSchema,
  given: Arguments,
  isOpen: (field: GraphQLField<unknown, unknown>) => boolean = () => true,
): Readonly<Record<string, string>> {
  const fields = Object.values(schema.getQueryType()!.getFields())
  return Object.fromEntries(fields.map((field) => [field.name, `{ ${select('Query', field, given, [], isOpen)} }`]))
}

function select(
  parent: string,
  field: GraphQLField<unknown, unknown>,
  given: Arguments,
  above: readonly GraphQLNamedType[],
  isOpen: (field: GraphQLField<unknown, unknown>) => boolean,
  isInList = false,
): string {
  if (isInList && isDear(field)) return ''
  const type = getNamedType(field.type)
  const isEach = isInList || isListType(getNullableType(field.type))
  const args = given[`${parent}.${field.name}`]
  const head = `${field.name}${args ? `(${args})` : ''}`
  if (isScalarType(type) || isEnumType(type)) return head
  if (isUnionType(type)) return `${head} { __typename }`
  if (!isObjectType(type) || above.includes(type)) return ''
  const inner = Object.values(type.getFields())
    .filter(isOpen)
    .map((one) => select(type.name, one, given, [...above, type], isOpen, isEach))
  return `${head} { ${inner.filter(Boolean).join(' ')} }`
}

/** Costs more by itself than a page of a list may. */
export function isDear({ extensions }: GraphQLField<unknown, unknown>): boolean {
  const cost = extensions['complexity'] as ((asked: { childComplexity: number; args: object }) => number) | undefined
  return cost !== undefined && cost({ childComplexity: 0, args: {} }) >= 1000
}
