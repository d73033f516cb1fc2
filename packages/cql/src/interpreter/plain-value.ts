import { Code, type Concept, type Date as CqlDate, type DateTime } from 'cql-execution'
import { isFhirElement } from './fhir-record.ts'
import type { Plain } from '../scoring/plain.ts'

interface Parts {
  readonly low: unknown
  readonly high: unknown
  readonly lowClosed: boolean
  readonly highClosed: boolean
  readonly value: number
  readonly unit?: string
}
type Marked = {
  readonly isConcept?: true
  readonly isInterval?: true
  readonly isQuantity?: true
  readonly isDateTime?: true
  readonly isDate?: true
}

/** cql-execution's values as JSON. */
export function plainOf(value: unknown): Plain {
  if (value === undefined || value === null) return null
  if (typeof value !== 'object') return typeof value === 'bigint' ? String(value) : (value as Plain)
  if (Array.isArray(value)) return value.map(plainOf)
  if (isFhirElement(value)) return value.json as Plain
  if (value instanceof Code) return { code: value.code, system: value.system ?? null }
  const marked = value as Marked
  if (marked.isConcept) return { codes: (value as Concept).codes.map(plainOf) }
  if (marked.isInterval) {
    const { low, high, lowClosed, highClosed } = value as unknown as Parts
    return { low: plainOf(low), high: plainOf(high), lowClosed, highClosed }
  }
  if (marked.isQuantity) return { value: (value as unknown as Parts).value, unit: (value as unknown as Parts).unit ?? '1' }
  if (marked.isDateTime) return (value as DateTime).toString()
  if (marked.isDate) return (value as CqlDate).toString()
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plainOf(part)]))
}
