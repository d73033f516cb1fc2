import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isObjectType,
  isScalarType,
  isEnumType,
  isUnionType,
} from 'graphql'

/** Values for arguments, by `Type.field`, as they stand in a document. */
export type Arguments = Readonly<Record<string, string>>

/** For every query root a document that selects every field of everything that can be reached from it, so that no new field is forgotten. */
export function wholeQueries(schema: GraphQLSchema, given: Arguments): Readonly<Record<string, string>> {
  const fields = Object.values(schema.getQueryType()!.getFields())
  return Object.fromEntries(fields.map((field) => [field.name, `{ ${select('Query', field, given, [])} }`]))
}

function select(parent: string, field: GraphQLField<unknown, unknown>, given: Arguments, above: readonly GraphQLNamedType[]): string {
  const type = getNamedType(field.type)
  const args = given[`${parent}.${field.name}`]
  const head = `${field.name}${args ? `(${args})` : ''}`
  if (isScalarType(type) || isEnumType(type)) return head
  if (isUnionType(type)) return `${head} { __typename }`
  if (!isObjectType(type) || above.includes(type)) return ''
  const inner = Object.values(type.getFields()).map((one) => select(type.name, one, given, [...above, type]))
  return `${head} { ${inner.filter(Boolean).join(' ')} }`
}
