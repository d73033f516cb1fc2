import { FACT_SOURCES, type FactSource } from './fact-sources.ts'
import { type Kept, type KeptValue, objectOf, objectsOf, textOf, textsOf } from './kept.ts'
import { endOf, type Moment, startOf } from './moments.ts'
import { readCodings } from './references.ts'
import type { Coding, Fact, ResourceType } from './resource.ts'

/** What a row says beside its code. */
type Value = Pick<Fact, 'value' | 'unit' | 'comparator' | 'valueCode' | 'valueText'>
const NO_VALUE: Value = { value: null, unit: null, comparator: null, valueCode: null, valueText: null }

/** The rows of the uniform projection; none for types that are only directory or money. */
export function readFacts(type: ResourceType, resource: Kept): Fact[] {
  const source = FACT_SOURCES[type]
  if (!source) return []
  const category = symbol(first(resource, source.category))
  const status = symbol(first(resource, source.status))
  const verification = symbol(first(resource, source.verification))
  const { startsAt, startsPrecision, endsAt, endsPrecision } = timeOf(resource, source)
  const fact = (part: number, from: Kept): Fact => {
    const { code, value, unit, comparator, valueCode, valueText } = saying(from, source)
    // Written out: spreading takes several times as long, and there is one of these for nearly every resource.
    return {
      part,
      code,
      category,
      status,
      verification,
      startsAt,
      startsPrecision,
      endsAt,
      endsPrecision,
      value,
      unit,
      comparator,
      valueCode,
      valueText,
    }
  }
  const components = type === 'Observation' ? objectsOf(resource['component']) : []
  return [fact(0, resource), ...components.map((component, index) => fact(index + 1, component))]
}

function first(object: Kept, names: readonly string[] | undefined): KeptValue {
  if (names) for (const name of names) if (object[name] !== undefined) return object[name]
  return undefined
}

/** A code that stands alone or as the first coding of a concept. */
const symbol = (value: KeptValue): string | null =>
  value === undefined ? null : (textsOf(value)[0] ?? readCodings(value)[0]?.code ?? null)

function timeOf(resource: Kept, source: FactSource): Pick<Fact, 'startsAt' | 'startsPrecision' | 'endsAt' | 'endsPrecision'> {
  const begun = first(resource, source.starts)
  const ended = source.ends ? first(resource, source.ends) : (objectOf(begun)?.['end'] ?? undefined)
  const starts = moment(begun, startOf)
  const ends = moment(ended, endOf)
  return {
    startsAt: starts?.at ?? null,
    startsPrecision: starts?.precision ?? null,
    endsAt: ends?.at ?? null,
    endsPrecision: ends?.precision ?? null,
  }
}

/** A Period stands for its start, or for its end when it has no start. */
function moment(value: KeptValue, read: (text: string) => Moment): Moment | null {
  const period = objectOf(value)
  const text = textOf(period ? (period['start'] ?? period['end']) : value)
  return text === null ? null : read(text)
}

function saying(from: Kept, source: FactSource): Value & { code: Coding | null } {
  const value = readValue(from, source)
  const concept = first(from, source.code)
  const code = readCodings(concept)[0] ?? readCodings(containedMedication(from))[0] ?? null
  // A concept in words only is still what the row is about.
  return code || value.valueText !== null ? { code, ...value } : { code, ...value, valueText: textOf(objectsOf(concept)[0]?.['text']) }
}

/** Code of the Medication that rides inside the order it belongs to. */
export function containedMedication(resource: Kept): KeptValue {
  const target = textOf(objectOf(resource['medicationReference'])?.['reference'])
  if (!target?.startsWith('#')) return undefined
  return objectsOf(resource['contained']).find((one) => one['resourceType'] === 'Medication' && one['id'] === target.slice(1))?.['code']
}

function readValue(from: Kept, source: FactSource): Value {
  const name = source.value?.find((one) => from[one] !== undefined)
  if (name === undefined) return NO_VALUE
  const value = from[name]
  if (name === 'valueQuantity') return readQuantity(value)
  if (name === 'valueInteger') return { ...NO_VALUE, value: textOf(value) }
  if (typeof value === 'string' || typeof value === 'boolean') return { ...NO_VALUE, valueText: String(value) }
  const valueCode = readCodings(value)[0] ?? null
  return { ...NO_VALUE, valueCode, valueText: valueCode ? null : textOf(objectOf(value)?.['text']) }
}

function readQuantity(value: KeptValue): Value {
  const quantity = objectOf(value)
  if (quantity?.['value'] === undefined) return NO_VALUE
  return {
    ...NO_VALUE,
    value: textOf(quantity['value']),
    unit: textOf(quantity['code']) ?? textOf(quantity['unit']),
    comparator: textOf(quantity['comparator']),
  }
}
