import { GraphQLError } from 'graphql'

/** An argument that no caller of the web sends: said in words, nothing done. */
export const badInput = (message: string): GraphQLError => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })

const MOST = 200

/** Size of a page, 1 to 200. */
export function pageSize(first: number | null | undefined, standard: number): number {
  const size = first ?? standard
  if (size < 1 || size > MOST) throw badInput(`'first' is between 1 and ${MOST}.`)
  return size
}
