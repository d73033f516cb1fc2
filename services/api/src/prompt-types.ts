import { type GraphQLSchema, isAbstractType, isUnionType } from 'graphql'

type TypeOf = (value: unknown) => string | undefined

/** What type-graphql keeps of the declarations. It has no other door to it. */
declare const TypeGraphQLMetadataStorage: { readonly unions: readonly { readonly name: string; readonly resolveType?: TypeOf }[] }

/**
 * Lets each union tell the type of a value at once, as it was declared to: type-graphql wraps that into a promise, for which a compiled
 * operation does not wait.
 */
export function promptTypes(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap()).filter(isAbstractType)) {
    const typeOf = TypeGraphQLMetadataStorage.unions.find(({ name }) => name === type.name)?.resolveType
    if (!isUnionType(type) || !typeOf) throw new Error(`${type.name} is to be a union that says resolveType.`)
    type.resolveType = (value) => typeOf(value)
  }
  return schema
}
