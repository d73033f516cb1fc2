/** An ELM node: `type` says which, the rest is its parts. */
export type ElmNode = Readonly<Record<string, unknown>>

/** Every node under a value, itself included. */
export function* elmNodes(value: unknown): Generator<ElmNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* elmNodes(item)
  } else if (typeof value === 'object' && value !== null) {
    yield value as ElmNode
    for (const part of Object.values(value)) yield* elmNodes(part)
  }
}
