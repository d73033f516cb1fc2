import { resolvers } from '@carecommons/domain/graphql'
import type { GraphQLSchema } from 'graphql'
import { buildSchemaSync } from 'type-graphql'
import { guardDoors } from './guard-doors.ts'
import { promptTypes } from './prompt-types.ts'

/** The schema with a guard before every root field. */
export const buildApiSchema = (): GraphQLSchema => guardDoors(promptTypes(buildSchemaSync({ resolvers: [...resolvers], validate: false })))
