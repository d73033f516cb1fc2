import { system, type NamedType, type StaticType } from '../elm/static-type.ts'
import { fhirElement, primitiveValue, type FhirElementType } from './fhir-types.ts'
import { absent, isObject, withoutValue } from './misshapen-element.ts'

type Json = Readonly<Record<string, unknown>>

/** A code in JSON. Without a system it is a bare `code`, which those of any system match. */
export interface CarriedCode {
  readonly system: string | null
  readonly code: string | null
}

type CodesOf = (json: unknown) => readonly CarriedCode[]
/** Codes that a resource carries at one path. */
export type CodeReader = (resource: Json) => readonly CarriedCode[]

const none: readonly CarriedCode[] = []
const noCodes: CodesOf = () => none
const readers = new WeakMap<FhirElementType, CodeReader>()

/** Reads a path of a type (`Condition`, `code`) as FHIR types it. Throws MisshapenElement. */
export function codeReader(type: string, path: string): CodeReader {
  const element = fhirElement(`FHIR.${type}`, path)
  if (!element) return noCodes
  let reader = readers.get(element)
  if (!reader) readers.set(element, (reader = readerOf(element, path)))
  return reader
}

function readerOf({ type, choices }: FhirElementType, path: string): CodeReader {
  const places = (choices ?? [{ property: path, type }])
    .map((choice) => ({ property: choice.property, codes: codesOfType(choice.type) }))
    .filter(({ codes }) => codes !== noCodes)
  const [only, ...others] = places
  if (!only) return noCodes
  if (others.length === 0) return (resource) => only.codes(resource[only.property])
  return (resource) => places.flatMap(({ property, codes }) => codes(resource[property]))
}

/** How codes are read out of the JSON of a type. */
export function codesOfType(type: StaticType): CodesOf {
  if (type.kind === 'list') {
    const ofItem = codesOfType(type.element)
    return ofItem === noCodes ? noCodes : (json) => (Array.isArray(json) ? json.flatMap(ofItem) : (absent(json) ?? none))
  }
  return type.kind === 'named' ? codesOfNamed(type) : noCodes
}

function codesOfNamed({ name }: NamedType): CodesOf {
  if (name === 'FHIR.CodeableConcept') return ofConcept
  if (name === 'FHIR.Coding') return ofCoding
  return primitiveValue(name) === system.string ? ofText : noCodes
}

const ofText: CodesOf = (json) => (typeof json === 'string' ? [{ system: null, code: json }] : (withoutValue(json) ?? none))

const ofConcept: CodesOf = (json) => {
  if (!isObject(json)) return absent(json) ?? none
  const { coding } = json
  return Array.isArray(coding) ? coding.flatMap(ofCoding) : (absent(coding) ?? none)
}

function ofCoding(json: unknown): readonly CarriedCode[] {
  if (!isObject(json)) return absent(json) ?? none
  const { system: from, code } = json
  if (typeof code !== 'string') return withoutValue(code) ?? none
  return [{ system: typeof from === 'string' ? from : (withoutValue(from) ?? ''), code }]
}
