import { createHash } from 'node:crypto'

/** JSON with object keys in code-unit order and no white space, so that equal values have equal text (cf. RFC 8785). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, member]) => member !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
}

/** SHA-256 of the canonical JSON, in lowercase hex. */
export const canonicalHash = (value: unknown): string => sha256(canonicalJson(value))

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
