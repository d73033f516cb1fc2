import { named, system, type NamedType } from '../elm/static-type.ts'
import { Code, CodeSystem, Concept, Interval, Quantity, Ratio, Tuple, ValueSet } from '../runtime/values.ts'
import { boxer } from './boxing.ts'
import { codesOfType, type CarriedCode } from './carried-codes.ts'
import { FhirElement } from './fhir-element.ts'
import { fhirElement, primitiveValue, type ChoiceProperty } from './fhir-types.ts'
import { primitiveOf } from './fhir-primitives.ts'
import { absent, isObject, objectsIn } from './misshapen-element.ts'

type Json = Readonly<Record<string, unknown>>

/** The one of `value[x]` that is there, with its type; null when none is. */
export function readChoice(object: Json | null, choices: readonly ChoiceProperty[]): FhirElement | null {
  if (object === null) return null
  for (const { property, type } of choices) {
    const value = object[property] ?? object[`_${property}`]
    if (value !== undefined && value !== null) {
      return isPrimitive(type) ? new FhirElement(type.name, value, object, property) : new FhirElement(type.name, objectOf(value))
    }
  }
  return null
}

/** A list of primitives; where one has extensions instead of a value, those stand for it. */
export function readPrimitives(object: Json | null, name: string): readonly unknown[] | null {
  if (object === null) return null
  const [values, shadows] = [object[name], object[`_${name}`]]
  if (!Array.isArray(shadows)) return Array.isArray(values) ? (values as unknown[]) : (absent(values) ?? absent(shadows))
  if (!Array.isArray(values)) return absent(values) ?? (shadows as unknown[])
  return values.map((value: unknown, index) => value ?? (shadows[index] as unknown) ?? null)
}

/** An element of a value of which nothing is known before; the answer says itself what it is. */
export function property(value: unknown, name: string, offset: number): unknown {
  if (value === null) return null
  if (Array.isArray(value)) return value.flatMap((item) => property(item, name, offset) ?? [])
  if (value instanceof FhirElement) {
    const isBeside = name !== 'value' && primitiveValue(value.type) !== null
    return isBeside ? elementOf(value.beside, 'FHIR.Element', name, offset) : elementOf(value.json, value.type, name, offset)
  }
  if (value instanceof Tuple) return value.elements[name] ?? null
  if (isStructured(value)) return ((value as unknown as Json)[name] as unknown) ?? null
  const type = (value as { resourceType?: unknown }).resourceType
  return typeof type === 'string' ? elementOf(value, `FHIR.${type}`, name, offset) : null
}

const isStructured = (value: unknown): boolean =>
  value instanceof Interval ||
  value instanceof Quantity ||
  value instanceof Ratio ||
  value instanceof Code ||
  value instanceof Concept ||
  value instanceof ValueSet ||
  value instanceof CodeSystem

function elementOf(json: unknown, owner: string, name: string, offset: number): unknown {
  const primitive = primitiveValue(owner)
  if (primitive) return name === 'value' ? primitiveOf(json, primitive, offset) : null
  const element = fhirElement(owner, name)
  if (!element || typeof json !== 'object' || json === null) return null
  const object = json as Json
  if (element.choices) return readChoice(object, element.choices)
  const { type } = element
  if (type.kind === 'list') {
    const isPlain = type.element.kind === 'named' && isPrimitive(type.element)
    return boxer(type)(isPlain ? readPrimitives(object, name) : objectsIn(object[name]))
  }
  const value = object[name] ?? object[`_${name}`] ?? null
  if (type === system.any || value === null) return value
  if (type.kind === 'named' && type.name.startsWith('System.')) return typeof value === 'string' ? value : absent(value)
  return boxer(type)(type.kind === 'named' && isPrimitive(type) ? value : objectOf(value))
}

const isPrimitive = ({ name }: NamedType): boolean => primitiveValue(name) !== null
const objectOf = (value: unknown): unknown => (isObject(value) ? value : absent(value))

/** Whether a coded value carries one of the codes: for retrieves whose codes only the evaluation knows. */
export function carriesOneOf(value: unknown, wanted: unknown): boolean {
  const codes = codesIn(value)
  return codesIn(wanted).some((want) =>
    codes.some((code) => code.code === want.code && (code.system === want.system || code.system === null)),
  )
}

function codesIn(value: unknown): readonly CarriedCode[] {
  if (Array.isArray(value)) return value.flatMap(codesIn)
  if (value instanceof Code) return [{ system: value.system, code: value.code }]
  if (value instanceof Concept) return codesIn(value.codes ?? [])
  if (typeof value === 'string') return [{ system: null, code: value }]
  return value instanceof FhirElement ? codesOfType(named(value.type))(value.json) : []
}
