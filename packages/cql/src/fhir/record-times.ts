import { elementIn, includedIn } from '../runtime/operators.ts'
import { CqlDate, CqlDateTime, Interval } from '../runtime/values.ts'
import { property } from './fhir-access.ts'
import { FhirElement } from './fhir-element.ts'

/** A time of a record as CQL has it: a point, the interval of a Period, or null. */
function timeOf(value: unknown, offset: number): unknown {
  if (!(value instanceof FhirElement)) return value
  if (value.type !== 'FHIR.Period') return property(value, 'value', offset)
  const [start, end] = ['start', 'end'].map((name) => timeOf(property(value, name, offset), offset))
  // An absent start is unknown, an absent end is "still going on" (FHIR R4, Period).
  return start === null && end === null ? null : new Interval(start, end, start !== null, true, 'DateTime')
}

/** Whether a time is in a range, at its precision (CQL 1.5, Reference, During); a list when one of its times is. */
export function takesPlaceIn(value: unknown, range: unknown, offset: number): boolean {
  if (Array.isArray(value)) return value.some((item) => takesPlaceIn(item, range, offset))
  const time = timeOf(value, offset)
  if (time instanceof Interval) return includedIn(time as never, range as never) === true
  return (time instanceof CqlDate || time instanceof CqlDateTime) && elementIn(time as never, range as never) === true
}

export function takesPlaceBetween(low: unknown, high: unknown, range: unknown, offset: number): boolean {
  const [start, end] = [timeOf(low, offset), timeOf(high, offset)]
  return includedIn(new Interval(start, end, true, true, 'DateTime') as never, range as never) === true
}

/** Whether an id, or one of several, is the one asked for. */
export function isNamed(value: unknown, wanted: unknown): boolean {
  const text = (one: unknown): unknown => (one instanceof FhirElement ? one.json : one)
  return (Array.isArray(wanted) ? wanted : [wanted]).some((one) => text(one) !== null && text(one) === text(value))
}
