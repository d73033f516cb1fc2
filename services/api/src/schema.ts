import { resolvers } from '@carecommons/domain/graphql'
import type { GraphQLSchema } from 'graphql'
import { buildSchemaSync, type PubSub } from 'type-graphql'
import { guardDoors } from './guard-doors.ts'
import { promptTypes } from './prompt-types.ts'

/** The schema with a guard before every root field. */
export const buildApiSchema = (): GraphQLSchema =>
  guardDoors(promptTypes(buildSchemaSync({ resolvers: [...resolvers], validate: false, pubSub: noTopics })))

/** A subscription brings its own values: topics by name would pass by the walls. */
const noTopics: PubSub = {
  publish: () => nothing(),
  subscribe: () => nothing(),
}

function nothing(): never {
  throw new Error('Nothing is published by topic here.')
}
