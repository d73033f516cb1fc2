import { FhirElement } from '../fhir/fhir-element.ts'
import { fhirTypes } from '../front-end/fhir-model.ts'
import { checkedInterval } from '../runtime/interval-bounds.ts'
import { withoutTime } from '../runtime/temporal-parts.ts'
import {
  Code,
  CodeSystem,
  Concept,
  CqlDate,
  CqlDateTime,
  CqlError,
  CqlTime,
  Decimal,
  Interval,
  Quantity,
  Ratio,
  Tuple,
  ValueSet,
  type PointType,
} from '../runtime/values.ts'

/** What selectors of generated code make their values with. */
export const tuple = (elements: Readonly<Record<string, unknown>>): Tuple => new Tuple(elements)

/** Interval selector; without boundaries and without knowing whether they are closed it is null (CQL 1.5, Reference, Interval). */
export function interval(
  low: unknown,
  high: unknown,
  lowClosed: boolean | null,
  highClosed: boolean | null,
  type: PointType | null,
): Interval {
  return checkedInterval(low, high, lowClosed ?? false, highClosed ?? false, type)
}

/** The interval of a record's own start and end, whichever comes first. */
export const recordedInterval = (
  low: unknown,
  high: unknown,
  lowClosed: boolean | null,
  highClosed: boolean | null,
  type: PointType | null,
): Interval => new Interval(low, high, lowClosed ?? false, highClosed ?? false, type)

/** An interval of times as one of dates. */
export const dateInterval = (value: unknown): unknown =>
  value instanceof Interval ? new Interval(toDate(value.low), toDate(value.high), value.lowClosed, value.highClosed, 'Date') : value
const toDate = (point: unknown): unknown => (point instanceof CqlDateTime ? withoutTime(point) : point)

export const newQuantity = (value: Decimal | null, unit: string | null): Quantity | null =>
  value === null ? null : new Quantity(value, unit ?? '1')
export const newRatio = (numerator: Quantity | null, denominator: Quantity | null): Ratio | null =>
  numerator === null || denominator === null ? null : new Ratio(numerator, denominator)
export const newCode = (code: string | null, system: string | null, version: string | null, display: string | null): Code =>
  new Code(code, system, version, display)
export const newConcept = (codes: readonly (Code | null)[] | null, display: string | null): Concept => new Concept(codes, display)
export const newValueSet = (id: string | null, version: string | null, name: string | null): ValueSet => new ValueSet(id, version, name)
export const newCodeSystem = (id: string | null, version: string | null, name: string | null): CodeSystem =>
  new CodeSystem(id, version, name)

/** A cast that must succeed (CQL 1.5, Reference, "As", strict). */
export function strictCast(value: unknown, is: (value: unknown) => boolean, type: string): unknown {
  if (value === null || is(value)) return value
  throw new CqlError(`A value is not a ${type}.`)
}

/** A System value as the JSON of a FHIR primitive. */
export function toJson(value: unknown): unknown {
  if (value instanceof Decimal) return Number(value.toString())
  return value instanceof CqlDate || value instanceof CqlDateTime || value instanceof CqlTime ? value.toString() : value
}

/** `value[x]` of a made element: its JSON property is named by the type of the value. */
export function choiceJson(element: string, value: unknown): Readonly<Record<string, unknown>> {
  if (!(value instanceof FhirElement)) return {}
  const local = value.type.replace('FHIR.', '')
  const name = fhirTypes().has(value.type) ? element + local[0]!.toUpperCase() + local.slice(1) : element
  return { [name]: value.json }
}
