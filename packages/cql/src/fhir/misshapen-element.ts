/**
 * A value in a record that is not of the type which FHIR R4 gives its element: a list where an object belongs, a number where a text
 * does, a text that is no date where a date does.
 *
 * What counts as null: an element that is not there, JSON's null, and a primitive of which only extensions are told (FHIR R4, "JSON
 * Representation of Primitive Elements"). A misshapen value is none of these. CQL has no answer for one, as each element has the type of
 * its data model (CQL 1.5, Author's Guide, "Data Models"), and to take it as absent would say something else: a Period without end is
 * still going on (FHIR R4, Period.end). So it stops a measure that reads it, for that person only, in words that say what to correct.
 */
export class MisshapenElement extends Error {
  override readonly name = 'MisshapenElement'
  readonly value: unknown

  constructor(value: unknown) {
    super('An element of a record is not of its type in FHIR R4.')
    this.value = value
  }
}

/** Null of what is absent; throws of anything else, which the caller has seen is not what the element holds. */
export function absent(value: unknown): null {
  if (value === undefined || value === null) return null
  throw new MisshapenElement(value)
}

/** The same of a primitive, which an object with nothing but extensions may stand for. */
export const withoutValue = (value: unknown): null => (isExtended(value) ? null : absent(value))

export const isExtended = (value: unknown): boolean => isObject(value) && (value.extension !== undefined || value.id !== undefined)

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list of elements that are not primitive. */
export function objectsIn(value: unknown): readonly unknown[] | null {
  if (!Array.isArray(value)) return absent(value)
  for (let index = 0; index < value.length; index++) {
    const item: unknown = value[index]
    if (typeof item !== 'object' || Array.isArray(item)) absent(item)
  }
  return value as unknown[]
}
