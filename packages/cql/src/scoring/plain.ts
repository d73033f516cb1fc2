/** A value of CQL as JSON, for people and other programs. */
export type Plain = null | boolean | number | string | readonly Plain[] | PlainObject
export interface PlainObject {
  readonly [name: string]: Plain | undefined
}

export const isPlainObject = (value: Plain | undefined): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One word for a value: what a stratum is called. Null for none. */
export function wordOf(value: Plain): string | null {
  if (value === null) return null
  if (typeof value !== 'object') return String(value)
  if (isPlainObject(value)) {
    const { code, codes, coding, value: inner, resourceType, id } = value
    if (typeof code === 'string') return code
    if (typeof resourceType === 'string') return `${resourceType}/${String(id)}`
    const list = codes ?? coding
    if (Array.isArray(list)) return wordOf((list as readonly Plain[])[0] ?? null)
    if (inner !== undefined) return wordOf(inner)
  }
  return JSON.stringify(value)
}

/** The number of a number or of a quantity; null for anything else. */
export function numberOf(value: Plain): number | null {
  if (isPlainObject(value)) return numberOf(value.value ?? null)
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}
