import cql from 'cql-execution'
import { FhirElement } from '../fhir/fhir-element.ts'
import { isResource } from '../fhir/fhir-record.ts'
import { Code, Concept, CqlDate, CqlDateTime, CqlTime, Decimal, Interval, Quantity, Tuple, Uncertainty } from '../runtime/values.ts'

/** To 8 digits; a double that is not zero but has none of them is told as it is: compared, it is not zero. */
function number(value: number): string {
  const rounded = Number(value.toFixed(8)) + 0
  return String(rounded === 0 ? value + 0 : rounded)
}
const fields = (values: readonly (number | null | undefined)[]): string =>
  values.filter((field) => field !== null && field !== undefined).join('-')
const listText = (items: readonly string[]): string => `{${items.join(', ')}}`
const codeText = (code: unknown, system: unknown): string => `Code ${JSON.stringify(code ?? null)} ${JSON.stringify(system ?? null)}`

interface Bounds {
  readonly low: unknown
  readonly high: unknown
  readonly lowClosed: boolean
  readonly highClosed: boolean
}
const intervalText = ({ low, high, lowClosed, highClosed }: Bounds, text: (value: unknown) => string): string =>
  `${lowClosed ? '[' : '('}${text(low)}, ${text(high)}${highClosed ? ']' : ')'}`

/** An element of a record: a resource by its name, a primitive by its value, anything else as its JSON. */
function recordText(json: unknown): string {
  if (typeof json !== 'object' || json === null) return typeof json === 'number' ? number(json) : JSON.stringify(json ?? null)
  if (isResource(json)) return `${json.resourceType}/${String(json.id)}`
  if ('value' in json && typeof json.value !== 'object' && Object.keys(json).every((name) => /^(?:value|id|extension)$/.test(name)))
    return recordText(json.value)
  return JSON.stringify(json)
}

/** A value of the compiled engine as a text that is the same for the same value. */
export function ourText(value: unknown): string {
  if (value instanceof Decimal) return number(value.toNumber())
  if (typeof value === 'number') return number(value)
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Quantity) return `${number(value.value.toNumber())} '${value.unit}'`
  if (value instanceof CqlDateTime) {
    const { year, month, dayOfMonth, hour, minute, second, millisecond, offset } = value
    return `DateTime ${fields([year, month, dayOfMonth, hour, minute, second, millisecond])} ${offset}`
  }
  if (value instanceof CqlDate) return `Date ${fields([value.year, value.month, value.dayOfMonth])}`
  if (value instanceof CqlTime) return `Time ${fields([value.hour, value.minute, value.second, value.millisecond])}`
  if (value instanceof Uncertainty) return `${value.low}..${value.high}`
  if (value instanceof Interval) return intervalText(value as Bounds, ourText)
  if (value instanceof Code) return codeText(value.code, value.system)
  if (value instanceof Concept) return `Concept ${listText((value.codes ?? []).map(ourText))}`
  if (value instanceof Tuple) return tupleText(value.elements, ourText)
  if (value instanceof FhirElement) return recordText(value.json)
  return Array.isArray(value) ? listText(value.map(ourText)) : recordText(value)
}

const tupleText = (elements: Readonly<Record<string, unknown>>, text: (value: unknown) => string): string =>
  `Tuple{${Object.keys(elements)
    .sort()
    .map((name) => `${name}: ${text(elements[name])}`)
    .join(', ')}}`

/** A value of cql-execution as the same text. */
export function referenceText(given: unknown): string {
  if (given === null || given === undefined) return 'null'
  if (typeof given === 'number') return number(given)
  if (Array.isArray(given)) return listText(given.map(referenceText))
  if (typeof given !== 'object') return JSON.stringify(given)
  const value = given as Readonly<Record<string, unknown>>
  // cql-exec-fhir's objects, and the interpreter's own.
  if (value._typeInfo !== undefined) return recordText(value._json)
  if (value.typeName !== undefined) return recordText(value.json)
  const all = (names: string): (number | null)[] => names.split(' ').map((name) => value[name] as number | null)
  if (given instanceof cql.DateTime) {
    if (value.year === 0) return `Time ${fields(all('hour minute second millisecond'))}`
    return `DateTime ${fields(all('year month day hour minute second millisecond'))} ${Number(value.timezoneOffset) * 60 + 0}`
  }
  if (given instanceof cql.Date) return `Date ${fields(all('year month day'))}`
  if (given instanceof cql.Quantity) return `${number(value.value as number)} '${String(value.unit ?? '1')}'`
  if (given instanceof cql.Interval) return intervalText(given as never, referenceText)
  if (given instanceof cql.Code) return codeText(value.code, value.system)
  if (given instanceof cql.Concept) return `Concept ${listText((value.codes as unknown[]).map(referenceText))}`
  if (value.constructor?.name === 'Uncertainty')
    return value.low === value.high ? referenceText(value.low) : `${referenceText(value.low)}..${referenceText(value.high)}`
  return tupleText(value, referenceText)
}
