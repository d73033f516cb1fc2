import { isUuid } from '@carecommons/kernel'
import { getNamedType, type GraphQLField, type GraphQLInputType, isInputObjectType } from 'graphql'

export type Args = Readonly<Record<string, unknown>>

/** Ids that the arguments of a field name, whatever they are of: what stands in words or keys is none, and a body holds only so many. */
export function idsNamed({ args: declared }: Pick<GraphQLField<unknown, unknown>, 'args'>, args: Args): string[] {
  return [...new Set(declared.flatMap(({ name, type }) => idsIn(type, args[name])))]
}

function idsIn(type: GraphQLInputType, value: unknown): string[] {
  if (value == null) return []
  if (Array.isArray(value)) return value.flatMap((one) => idsIn(type, one))
  const named = getNamedType(type)
  if (isInputObjectType(named)) return Object.values(named.getFields()).flatMap((field) => idsIn(field.type, (value as Args)[field.name]))
  return named.name === 'ID' && typeof value === 'string' && isUuid(value) ? [value.toLowerCase()] : []
}
