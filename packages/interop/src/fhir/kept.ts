/** An object of FHIR elements as the reader made it: only kept elements, numbers as text in their written form. */
export interface Kept {
  [name: string]: KeptValue
}
/** `null` only inside arrays of primitives, where FHIR allows it. */
export type KeptValue = string | boolean | null | Kept | KeptValue[] | undefined

const isObject = (value: KeptValue): value is Kept => typeof value === 'object' && value !== null && !Array.isArray(value)

export function textOf(value: KeptValue): string | null {
  return typeof value === 'string' ? value : null
}

export function objectOf(value: KeptValue): Kept | null {
  return isObject(value) ? value : null
}

/** The objects of an element that may repeat or not. */
export function objectsOf(value: KeptValue): Kept[] {
  if (Array.isArray(value)) return value.filter(isObject)
  return isObject(value) ? [value] : NONE
}

export function textsOf(value: KeptValue): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : typeof value === 'string' ? [value] : []
}

const NONE: Kept[] = []
