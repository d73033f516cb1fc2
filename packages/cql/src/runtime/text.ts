import { boundText } from './cql-error.ts'

/** CQL 1.5, Reference, String Operators. Indexes count from 0; anything with null is null unless said otherwise. */
type Text = string | null

/** `+`; `&` passes empty texts for nulls, which the translator writes out. */
export const concatenate = (...parts: readonly Text[]): Text => (parts.includes(null) ? null : boundText(parts.join('')))

/** Nulls in the list and a null separator are read over; nothing to combine is null. */
export function combine(source: readonly Text[] | null, separator: Text = null): Text {
  const parts = source?.filter((part) => part !== null) ?? []
  return parts.length === 0 ? null : boundText(parts.join(separator ?? ''))
}

/** Without a separator the text stays whole. */
export function split(text: Text, separator: Text): string[] | null {
  if (text === null) return null
  return separator === null ? [text] : text.split(separator)
}

export const textLength = (text: Text): number | null => (text === null ? null : text.length)
export const upper = (text: Text): Text => (text === null ? null : text.toUpperCase())
export const lower = (text: Text): Text => (text === null ? null : text.toLowerCase())

export const characterAt = (text: Text, index: number | null): Text => (text === null || index === null ? null : (text[index] ?? null))

export const positionOf = (pattern: Text, text: Text): number | null => (pattern === null || text === null ? null : text.indexOf(pattern))
export const lastPositionOf = (pattern: Text, text: Text): number | null =>
  pattern === null || text === null ? null : text.lastIndexOf(pattern)

export const startsWith = (text: Text, prefix: Text): boolean | null => (text === null || prefix === null ? null : text.startsWith(prefix))
export const endsWith = (text: Text, suffix: Text): boolean | null => (text === null || suffix === null ? null : text.endsWith(suffix))

/** Null when it would begin outside; of an empty text the beginning is inside. */
export function substring(text: Text, start: number | null, length: number | null = null): Text {
  if (text === null || typeof start !== 'number' || start < 0 || (start >= text.length && !(start === 0 && text === ''))) return null
  // A length that is not certain tells no text.
  if (length !== null && typeof length !== 'number') return null
  return length === null ? text.slice(start) : text.slice(start, start + Math.max(length, 0))
}
