import { FACT_SOURCES, type FactSource } from './fact-sources.ts'
import { type Kept, type KeptValue, objectOf, objectsOf, textOf, textsOf } from './kept.ts'
import { endOf, type Moment, startOf } from './moments.ts'
import { readCodings } from './references.ts'
import type { Coding, Fact, ResourceType } from './resource.ts'

type Value = Pick<Fact, 'value' | 'unit' | 'comparator' | 'valueCode' | 'valueText'>
const NO_VALUE: Value = { value: null, unit: null, comparator: null, valueCode: null, valueText: null }

/** The rows of the uniform projection; none for types that are only directory or money. */
export function readFacts(type: ResourceType, resource: Kept): Fact[] {
  const source = FACT_SOURCES[type]
  if (!source) return []
  const whole: Fact = { part: 0, ...codeOf(type, resource, source), ...valueOf(first(resource, source.value)), ...stateOf(resource, source), ...timeOf(resource, source) }
  if (type !== 'Observation') return [whole]
  const parts = objectsOf(resource['component']).map((component, index) => ({
    ...whole,
    part: index + 1,
    code: readCodings(component['code'])[0] ?? null,
    ...valueOf(first(component, source.value)),
  }))
  return [whole, ...parts]
}

function first(object: Kept, names: readonly string[] | undefined): KeptValue {
  for (const name of names ?? []) if (object[name] !== undefined) return object[name]
  return undefined
}

function codeOf(type: ResourceType, resource: Kept, source: FactSource): { code: Coding | null } {
  const code = readCodings(first(resource, source.code))[0] ?? null
  return { code: code ?? (source.code?.includes('medicationReference') ? readCodings(containedMedication(resource))[0] : null) ?? null }
}

/** Code of the Medication that rides inside the order it belongs to. */
export function containedMedication(resource: Kept): KeptValue {
  const target = textOf(objectOf(resource['medicationReference'])?.['reference'])
  if (!target?.startsWith('#')) return undefined
  return objectsOf(resource['contained']).find((one) => one['resourceType'] === 'Medication' && one['id'] === target.slice(1))?.['code']
}

function stateOf(resource: Kept, source: FactSource): Pick<Fact, 'category' | 'status' | 'verification'> {
  return { category: symbol(first(resource, source.category)), status: symbol(first(resource, source.status)), verification: symbol(first(resource, source.verification)) }
}

/** A code that stands alone or as the first coding of a concept. */
const symbol = (value: KeptValue): string | null => textsOf(value)[0] ?? readCodings(value)[0]?.code ?? null

function timeOf(resource: Kept, source: FactSource): Pick<Fact, 'startsAt' | 'startsPrecision' | 'endsAt' | 'endsPrecision'> {
  const begun = first(resource, source.starts)
  const ended = first(resource, source.ends)
  const starts = moment(begun, 'start', startOf)
  const ends = moment(ended, 'end', endOf) ?? moment(objectOf(ended) ?? objectOf(begun) ?? undefined, ended ? 'start' : 'end', endOf)
  return { startsAt: starts?.at ?? null, startsPrecision: starts?.precision ?? null, endsAt: ends?.at ?? null, endsPrecision: ends?.precision ?? null }
}

function moment(value: KeptValue, side: 'start' | 'end', read: (text: string) => Moment): Moment | null {
  const text = textOf(value) ?? textOf(objectOf(value)?.[side])
  return text === null ? null : read(text)
}

function valueOf(value: KeptValue): Value {
  if (value === undefined) return NO_VALUE
  if (typeof value === 'boolean') return { ...NO_VALUE, valueText: String(value) }
  if (typeof value === 'string') return { ...NO_VALUE, valueText: value }
  const object = objectOf(value)
  if (!object) return NO_VALUE
  const code = readCodings(object)[0] ?? null
  if (object['coding'] !== undefined || object['text'] !== undefined) return { ...NO_VALUE, valueCode: code, valueText: code ? null : textOf(object['text']) }
  return object['value'] === undefined
    ? { ...NO_VALUE, valueCode: code }
    : { ...NO_VALUE, value: textOf(object['value']), unit: textOf(object['code']) ?? textOf(object['unit']), comparator: textOf(object['comparator']) }
}
