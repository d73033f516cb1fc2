import { type Day, isDay } from '@carecommons/kernel'
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql'

export const DayScalar = new GraphQLScalarType<Day, string>({
  name: 'Day',
  description: 'A calendar day, YYYY-MM-DD.',
  serialize: (value) => String(value),
  parseValue: readDay,
  parseLiteral: (node: ValueNode) => readDay(node.kind === Kind.STRING ? node.value : null),
})

/** Rows tell instants as PostgreSQL prints them. */
export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description: 'An instant, ISO 8601 with zone.',
  serialize: (value) => new Date(String(value)).toISOString(),
})

function readDay(value: unknown): Day {
  if (typeof value === 'string' && isDay(value)) return value
  throw new GraphQLError('A day is written YYYY-MM-DD and exists in the calendar.')
}
