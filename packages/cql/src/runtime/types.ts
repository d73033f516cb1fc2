import { Decimal } from './decimal.ts'
import { Interval } from './interval-value.ts'
import { intervalPointType } from './point.ts'
import { Code, CodeSystem, Concept, Quantity, Ratio, Tuple, ValueSet } from './structured-values.ts'
import { CqlDate, CqlDateTime, CqlTime } from './temporal-values.ts'
import { Uncertainty } from './uncertainty.ts'

/** Run-time types of the System model (CQL 1.5, Reference, Is and As). Null is of no type. */
const tests: Record<string, ((value: unknown) => boolean) | undefined> = {
  Any: (value) => value !== null,
  Boolean: (value) => typeof value === 'boolean',
  String: (value) => typeof value === 'string',
  Integer: (value) => typeof value === 'number' || value instanceof Uncertainty,
  Long: (value) => typeof value === 'bigint',
  Decimal: (value) => value instanceof Decimal,
  Date: (value) => value instanceof CqlDate,
  DateTime: (value) => value instanceof CqlDateTime,
  Time: (value) => value instanceof CqlTime,
  Quantity: (value) => value instanceof Quantity,
  Ratio: (value) => value instanceof Ratio,
  Code: (value) => value instanceof Code,
  Concept: (value) => value instanceof Concept,
  ValueSet: (value) => value instanceof ValueSet,
  CodeSystem: (value) => value instanceof CodeSystem,
  Vocabulary: (value) => value instanceof ValueSet || value instanceof CodeSystem,
}

/** The test of a System type by its plain name (`Integer`); undefined when there is no such type. */
export const systemTypeTest = (name: string): ((value: unknown) => boolean) | undefined =>
  Object.hasOwn(tests, name) ? tests[name] : undefined

/** An interval of such points; one whose boundaries are both null is of whatever type it was declared. */
export function isIntervalOf(value: unknown, isPoint: (value: unknown) => boolean, pointType: string): boolean {
  if (!(value instanceof Interval)) return false
  const point: unknown = value.low ?? value.high
  return point === null ? (intervalPointType(value) ?? pointType) === pointType : isPoint(point)
}

/** A list whose elements are of the type; nulls are of any. */
export const isListOf = (value: unknown, isElement: (value: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every((element) => element === null || isElement(element))

export const isTuple = (value: unknown): value is Tuple => value instanceof Tuple
