import { elementsOf } from './elements.ts'
import { Interval } from './interval-value.ts'
import { Quantity, Ratio } from './structured-values.ts'

/** Values of the elements of structured values of the System model, of a list those of its items (CQL 1.5, Reference, Children). */
export function children(value: unknown): unknown[] | null {
  if (value === null) return null
  if (Array.isArray(value)) return value.flatMap((item) => children(item) ?? [])
  return partsOf(value)
    .flatMap((part): unknown[] => (Array.isArray(part) ? part : [part]))
    .filter((part) => part !== null)
}

/** Children, their children, and so on (Reference, Descendants). */
export function descendents(value: unknown): unknown[] | null {
  const found = children(value)
  return found && found.flatMap((child) => [child, ...(descendents(child) ?? [])])
}

function partsOf(value: unknown): unknown[] {
  if (value instanceof Quantity) return [value.value, value.unit]
  if (value instanceof Ratio) return [value.numerator, value.denominator]
  if (value instanceof Interval) return [value.low, value.high, value.lowClosed, value.highClosed]
  return Object.values(elementsOf(value) ?? {})
}
