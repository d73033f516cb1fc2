import { FhirElement } from '../fhir/fhir-element.ts'
import { Code, Concept, CqlDate, CqlDateTime, CqlTime, Decimal, Interval, Quantity, Ratio, Tuple, Uncertainty } from '../runtime/values.ts'
import type { Plain } from '../scoring/plain.ts'

/** Values of the runtime and of records as JSON. */
export function plainOf(value: unknown): Plain {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object') return typeof value === 'bigint' ? String(value) : (value as Plain)
  if (Array.isArray(value)) return value.map(plainOf)
  if (value instanceof FhirElement) return value.json as Plain
  if (value instanceof Decimal) return Number(value.toString())
  if (value instanceof CqlDate || value instanceof CqlDateTime || value instanceof CqlTime) return value.toString()
  if (value instanceof Code) return { code: value.code, system: value.system }
  if (value instanceof Concept) return { codes: plainOf(value.codes) }
  if (value instanceof Quantity) return { value: Number(value.value.toString()), unit: value.unit }
  if (value instanceof Ratio) return { numerator: plainOf(value.numerator), denominator: plainOf(value.denominator) }
  if (value instanceof Uncertainty) return { low: value.low, high: value.high }
  if (value instanceof Tuple) return partsOf(value.elements)
  if (value instanceof Interval) {
    const { low, high, lowClosed, highClosed } = value as Interval<unknown>
    return { low: plainOf(low), high: plainOf(high), lowClosed, highClosed }
  }
  // A resource is its own JSON.
  return 'resourceType' in value ? (value as unknown as Plain) : partsOf(value)
}

const partsOf = (parts: object): Plain => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, plainOf(part)]))
