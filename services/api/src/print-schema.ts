import { lexicographicSortSchema, printSchema } from 'graphql'
import { buildApiSchema } from './schema.ts'

/** The API's contract as SDL, sorted, as services/api/schema.graphql keeps it. */
export const printedSchema = (): string => printSchema(lexicographicSortSchema(buildApiSchema()))
