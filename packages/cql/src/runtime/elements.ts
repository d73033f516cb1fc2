import { Code, CodeSystem, Concept, Tuple, ValueSet } from './structured-values.ts'

/** Names that either has. */
export function namesOf(left: object, right: object): Set<string> {
  const names = new Set(Object.keys(left))
  for (const name of Object.keys(right)) names.add(name)
  return names
}

/** A value of another model that is compared by what it shows here. */
export abstract class Structured {
  abstract readonly elements: Readonly<Record<string, unknown>>
}

/** What is compared by name: tuples, terminology, plain objects such as parsed records, and values of other models. */
export function elementsOf(value: unknown): Readonly<Record<string, unknown>> | null {
  if (value instanceof Tuple || value instanceof Structured) return value.elements
  if (value instanceof Code || value instanceof Concept || value instanceof ValueSet || value instanceof CodeSystem) return { ...value }
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
    ? (value as Record<string, unknown>)
    : null
}
