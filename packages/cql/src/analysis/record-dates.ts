import type { DataRequirement, MeasurementPeriod } from '../engine.ts'
import { codeReader } from '../fhir/carried-codes.ts'
import { fhirElement } from '../fhir/fhir-types.ts'
import { readDate, readDateTime } from '../fhir/fhir-primitives.ts'
import { daysInMonth, epochDay, FIRST_DAY, packedDate } from '../runtime/civil.ts'
import { Precision } from '../runtime/values.ts'
import type { DateBound, DateBounds, RelativeMoment } from './date-bound.ts'

type Resource = Readonly<Record<string, unknown>> & { readonly resourceType?: unknown }

/** Days from 1970-01-01, both included; infinite where nothing bounds. */
export interface DayRange {
  readonly first: number
  readonly last: number
}

/** Time zones, hours and the ends of months: what is bounded to the day may be that far off. */
const margin = 2

/** The days that a bound leaves for a measurement period. */
export function daysOf({ from, to }: Pick<DateBound, 'from' | 'to'>, period: MeasurementPeriod): DayRange {
  const days = (moments: readonly RelativeMoment[]): number[] => moments.map((moment) => dayOf(moment, period))
  return {
    first: from.length === 0 ? -Infinity : Math.floor(Math.min(...days(from))) - margin,
    last: to.length === 0 ? Infinity : Math.ceil(Math.max(...days(to))) + margin,
  }
}

function dayOf({ anchor, months, days }: RelativeMoment, period: MeasurementPeriod): number {
  const packed = packedDate(readDate(period[anchor])!.day)
  const month = Math.floor(packed / 10_000) * 12 + (Math.floor(packed / 100) % 100) - 1 + months
  const [year, of] = [Math.floor(month / 12), (((month % 12) + 12) % 12) + 1]
  if (year < 1 || year > 9999) return year < 1 ? -Infinity : Infinity
  return epochDay(year, of, Math.min(packed % 100, daysInMonth(year, of))) + days
}

/** Bounds of a retrieve that a resource of the type can be judged by. */
export function judgeable(type: string, bounds: DateBounds): DateBounds {
  return bounds.filter(({ paths }) => paths.every((path) => propertiesOf(type, path) !== null))
}

interface DateProperties {
  /** JSON properties of the types that are judged. */
  readonly judged: readonly string[]
  /** Of all types that the element may have. */
  readonly all: readonly string[]
}

const judgedTypes = new Set(['FHIR.dateTime', 'FHIR.Period'])
const dated = new Set([...judgedTypes, 'FHIR.date', 'FHIR.instant'])

/** Null for an element that is a list or no time. */
function propertiesOf(type: string, path: string): DateProperties | null {
  const element = fhirElement(`FHIR.${type}`, path)
  if (!element || element.list) return null
  if (!element.choices) return element.type.kind === 'named' && dated.has(element.type.name) ? { judged: [path], all: [path] } : null
  const judged = element.choices.filter((choice) => judgedTypes.has(choice.type.name)).map(({ property }) => property)
  return judged.length === 0 ? null : { judged, all: element.choices.map(({ property }) => property) }
}

/** Whether a resource's dates let it matter to a retrieve. */
export function isWithin(resource: Resource, type: string, bounds: DateBounds, period: MeasurementPeriod): boolean {
  return bounds.every(({ paths, from, to }) => {
    const found = paths.map((path) => spanAt(resource, type, path))
    if (found.some((span) => span === null)) return true
    const { first, last } = daysOf({ from, to }, period)
    return found.some((span) => span!.last >= first) && found.some((span) => span!.first <= last)
  })
}

/** Whether a resource may matter to a measure of these requirements: of a type, with a code and within the dates that one of them asks for. */
export function mayMatter(resource: Resource, requirements: readonly DataRequirement[], period: MeasurementPeriod): boolean {
  return requirements.some(
    (requirement) =>
      requirement.type === resource.resourceType &&
      carriesCode(resource, requirement) &&
      isWithin(resource, requirement.type, requirement.dates ?? [], period),
  )
}

function carriesCode(resource: Resource, { type, path, codes, orProfile }: DataRequirement): boolean {
  if (codes === null || path === null || orProfile) return true
  return codeReader(
    type,
    path,
  )(resource).some((one) => codes.some(({ system, code }) => code === one.code && (one.system === null || one.system === system)))
}

/** The days that an element spans; null where it is missing, written twice or of a type that says no days. */
function spanAt(resource: Resource, type: string, path: string): DayRange | null {
  const { judged, all } = propertiesOf(type, path)!
  const present = all.filter((property) => resource[property] !== undefined && resource[property] !== null)
  const [only] = present
  if (present.length !== 1 || !judged.includes(only!)) return null
  const value = resource[only!]
  if (typeof value === 'string') return spanOf(value)
  if (typeof value !== 'object' || Array.isArray(value)) return null
  const { start, end } = value as { readonly start?: unknown; readonly end?: unknown }
  const [first, last] = [start, end].map((text) => (typeof text === 'string' ? spanOf(text) : null))
  // An end that is there and cannot be read may mean anything.
  if ((start !== undefined && !first) || (end !== undefined && !last) || (!first && !last)) return null
  // The wrong way round a Period is still made of these days.
  const days = [first, last].flatMap((span) => (span ? [span.first, span.last] : []))
  return { first: first ? Math.min(...days) : -Infinity, last: last ? Math.max(...days) : Infinity }
}

function spanOf(text: string): DayRange | null {
  const time = readDateTime(text, 0)
  if (!time || time.day < FIRST_DAY) return null
  const packed = packedDate(time.day)
  const [year, month] = [Math.floor(packed / 10_000), Math.floor(packed / 100) % 100]
  if (time.precision === Precision.Year) return { first: time.day, last: epochDay(year, 12, 31) }
  return { first: time.day, last: time.precision === Precision.Month ? epochDay(year, month, daysInMonth(year, month)) : time.day }
}
