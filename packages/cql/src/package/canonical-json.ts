import { createHash } from 'node:crypto'

/**
 * JSON with object keys in code-unit order and no white space, so that equal values have equal text (cf. RFC 8785). `texts` has those of
 * objects whose text is there already.
 */
export function canonicalJson(value: unknown, texts?: ReadonlyMap<unknown, string>): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null, texts)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const known = texts?.get(value)
  if (known !== undefined) return known
  const keys = Object.keys(value).sort()
  let text = ''
  for (const key of keys) {
    const member = (value as Readonly<Record<string, unknown>>)[key]
    if (member !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member, texts)}`
  }
  return `{${text}}`
}

/** SHA-256 of the canonical JSON, in lowercase hex. */
export const canonicalHash = (value: unknown, texts?: ReadonlyMap<unknown, string>): string => sha256(canonicalJson(value, texts))

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
