import { FhirElement } from '../../fhir/fhir-element.ts'
import { CqlDate, CqlDateTime, CqlTime, Decimal, Interval, Quantity, Tuple, Uncertainty } from '../../runtime/values.ts'

/**
 * Values as plain data, for the slow second opinion of this folder: it takes nothing else from the runtime than what its values say, and
 * computes with whole numbers, calendar fields and the clauses of the specification as they are written.
 */
export type Plain = null | boolean | string | Num | Amount | Moment | Range | Span | Fields | Other | readonly Plain[]

/** A number as a count of 10^-8. */
export interface Num {
  readonly kind: 'number'
  readonly type: 'Integer' | 'Long' | 'Decimal'
  readonly units: bigint
}
export interface Amount {
  readonly kind: 'amount'
  readonly units: bigint
  readonly unit: string
}
/** Year, month, day, hour, minute, second and millisecond as far as they are known; of a Time from the hour on. */
export interface Moment {
  readonly kind: 'moment'
  readonly type: 'Date' | 'DateTime' | 'Time'
  readonly parts: readonly number[]
  /** Minutes east of Greenwich. */
  readonly offset: number
}
/** A whole number somewhere from `low` to `high`. */
export interface Range {
  readonly kind: 'range'
  readonly low: bigint
  readonly high: bigint
}
export interface Span {
  readonly kind: 'span'
  readonly low: Plain
  readonly high: Plain
  readonly lowClosed: boolean
  readonly highClosed: boolean
  /** Of its points; null when nothing tells it. */
  readonly type: string | null
}
export interface Fields {
  readonly kind: 'tuple'
  readonly of: ReadonlyMap<string, Plain>
}
/** Codes, records and whatever else this folder has no opinion about. */
export interface Other {
  readonly kind: 'other'
  readonly value: unknown
}

export const ONE = 100_000_000n
export const integer = (value: bigint | number): Num => ({ kind: 'number', type: 'Integer', units: BigInt(value) * ONE })
export const isKind = <K extends string>(value: Plain, kind: K): value is Extract<Plain, { readonly kind: K }> =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind
export const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value)

const known = (parts: readonly (number | null)[]): number[] => parts.filter((part) => part !== null)
const moment = (type: Moment['type'], parts: readonly (number | null)[], offset = 0): Moment => ({
  ...{ kind: 'moment', type, offset },
  parts: known(parts),
})

export function plainOf(value: unknown): Plain {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return integer(value)
  if (typeof value === 'bigint') return { ...integer(value), type: 'Long' }
  if (value instanceof Decimal) return { kind: 'number', type: 'Decimal', units: unitsOf(value) }
  if (value instanceof Quantity) return { kind: 'amount', units: unitsOf(value.value), unit: value.unit }
  if (value instanceof CqlDateTime) {
    const { year, month, dayOfMonth, hour, minute, second, millisecond, offset } = value
    return moment('DateTime', [year, month, dayOfMonth, hour, minute, second, millisecond], offset)
  }
  if (value instanceof CqlDate) return moment('Date', [value.year, value.month, value.dayOfMonth])
  if (value instanceof CqlTime) return moment('Time', [value.hour, value.minute, value.second, value.millisecond])
  if (value instanceof Uncertainty) return { kind: 'range', low: BigInt(value.low), high: BigInt(value.high) }
  if (value instanceof Interval) return spanOf(value)
  if (value instanceof Tuple)
    return { kind: 'tuple', of: new Map(Object.entries(value.elements).map(([name, one]) => [name, plainOf(one)])) }
  return Array.isArray(value) ? value.map(plainOf) : { kind: 'other', value: value instanceof FhirElement ? value.json : value }
}

function unitsOf(value: Decimal): bigint {
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value.toString())!
  const units = BigInt(whole + fraction.padEnd(8, '0'))
  return sign === '-' ? -units : units
}

function spanOf({ low, high, lowClosed, highClosed, pointType }: Interval): Span {
  const [from, to] = [plainOf(low), plainOf(high)]
  return { kind: 'span', low: from, high: to, lowClosed, highClosed, type: typeOfPoint(from ?? to) ?? pointType }
}

function typeOfPoint(point: Plain): string | null {
  if (isKind(point, 'amount')) return 'Quantity'
  if (isKind(point, 'range')) return 'Integer'
  return isKind(point, 'number') || isKind(point, 'moment') ? point.type : null
}
