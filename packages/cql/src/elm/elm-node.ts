/** An ELM node that passed validation: `type` says which, the rest is its parts. */
export interface ElmNode {
  readonly type: string
  readonly [part: string]: unknown
}

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const isNode = (value: unknown): value is ElmNode => isObject(value) && typeof value.type === 'string'

/** A part that is a text, null when it is absent. */
export const textPart = (node: Readonly<Record<string, unknown>>, part: string): string | null => {
  const value = node[part]
  return typeof value === 'string' ? value : null
}

/** A part that is a list of objects; absent means empty. */
export const objectsPart = (node: Readonly<Record<string, unknown>>, part: string): readonly Readonly<Record<string, unknown>>[] => {
  const value = node[part]
  return Array.isArray(value) ? value.filter(isObject) : []
}
