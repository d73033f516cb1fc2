import { createHash } from 'node:crypto'
import { type Refusal, refused } from '@carecommons/kernel'

/** One identifier as a search writes it: `system|value`. */
export interface IdentifierToken {
  readonly system: string
  readonly value: string
}

/** `identifier=system|value`, the one condition under which a record can be sent. Null: something else. */
export function readCondition(text: string): IdentifierToken | null {
  const parameters = [...new URLSearchParams(text.replace(/^\?/, ''))]
  const [name, token] = parameters[0] ?? []
  const at = token?.indexOf('|') ?? -1
  if (parameters.length !== 1 || name !== 'identifier' || token === undefined || at < 1 || at === token.length - 1) return null
  return { system: token.slice(0, at), value: token.slice(at + 1) }
}

/**
 * The id under which a sent resource is kept, so that sending it again finds it: that of the condition, its own, that of its first
 * identifier, or one made of its content. A source that sends and is also imported has its own ids in both.
 */
export function sourceId(resource: Readonly<Record<string, unknown>>, bytes: Buffer, condition: IdentifierToken | null): string | Refusal {
  const identifiers = identifiersOf(resource)
  if (condition) {
    const has = identifiers.some(({ system, value }) => system === condition.system && value === condition.value)
    return has ? idOf(condition) : refused('condition', 'The resource does not carry the identifier that If-None-Exist names.')
  }
  if (typeof resource['id'] === 'string') return resource['id']
  const [first] = identifiers
  return first ? idOf(first) : digest(bytes)
}

const idOf = ({ system, value }: IdentifierToken): string => digest(Buffer.from(`${system}|${value}`))
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 40)

function identifiersOf({ identifier }: Readonly<Record<string, unknown>>): IdentifierToken[] {
  return (Array.isArray(identifier) ? (identifier as unknown[]) : []).flatMap((one) => {
    const { system, value } = (one ?? {}) as Partial<Record<keyof IdentifierToken, unknown>>
    return typeof system === 'string' && typeof value === 'string' && system !== '' && value !== '' ? [{ system, value }] : []
  })
}

/** The text under an id: numbers stay as they were written. */
export function withId(text: string, resource: Readonly<Record<string, unknown>>, id: string): string {
  if (resource['id'] === id) return text
  const rest = text.slice(text.indexOf('{') + 1)
  return resource['id'] === undefined ? `{"id":${JSON.stringify(id)},${rest}` : JSON.stringify({ ...resource, id })
}
