import { type Kept, objectsOf, objectOf, textOf, type KeptValue } from './kept.ts'
import type { Coding, Identifier, Reference } from './resource.ts'

const TYPE_AND_ID = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/
const CONDITIONAL = /^([A-Z][A-Za-z]+)\?identifier=(?:([^|]*)\|)?(.+)$/

/** What a FHIR Reference points at; contained, conditional and identifier-only references have no id. */
export function readReference(reference: Kept): Reference {
  const literal = textOf(reference['reference']) ?? ''
  const said = textOf(reference['type'])
  const display = textOf(reference['display'])
  const own = objectOf(reference['identifier'])
  const identifier = own ? readIdentifier(own) : null
  const slash = literal.indexOf('/')
  // Nearly all are `Type/id`, and a regular expression for each would be felt.
  if (slash > 0 && literal.indexOf('/', slash + 1) < 0 && !literal.includes('?'))
    return { type: literal.slice(0, slash), id: literal.slice(slash + 1), display, identifier }
  if (literal.startsWith('urn:uuid:')) return { type: said, id: literal.slice(9), display, identifier }
  const named = TYPE_AND_ID.exec(literal)
  if (named) return { type: named[1]!, id: named[2]!, display, identifier }
  const asked = CONDITIONAL.exec(literal)
  if (!asked) return { type: said, id: null, display, identifier }
  return { type: asked[1]!, id: null, display, identifier: { system: asked[2] || null, value: asked[3]!, type: null } }
}

/** The references along a dotted path, repeating elements included. */
export function referencesAt(resource: Kept, path: string): Reference[] {
  const dot = path.indexOf('.')
  if (dot < 0) return objectsOf(resource[path]).map(readReference)
  return objectsOf(resource[path.slice(0, dot)]).flatMap((object) => referencesAt(object, path.slice(dot + 1)))
}

function readIdentifier(identifier: Kept): Identifier | null {
  const value = textOf(identifier['value'])
  if (value === null) return null
  const types = readCodings(identifier['type'])
  const type = types.find((coding) => coding.system === 'http://terminology.hl7.org/CodeSystem/v2-0203') ?? types[0]
  return { system: textOf(identifier['system']), value, type: type?.code ?? null }
}

export const readIdentifiers = (value: KeptValue): Identifier[] =>
  objectsOf(value).flatMap((identifier) => readIdentifier(identifier) ?? [])

/** The codings of CodeableConcepts or Codings, one or many; those without a code say nothing and are left out. */
export function readCodings(value: KeptValue): Coding[] {
  const codings: Coding[] = []
  addCodings(value, codings)
  return codings
}

export function addCodings(value: KeptValue, codings: Coding[]): void {
  for (const object of objectsOf(value)) {
    if (object['coding'] === undefined) addCoding(object, codings)
    else for (const coding of objectsOf(object['coding'])) addCoding(coding, codings)
  }
}

function addCoding(coding: Kept, codings: Coding[]): void {
  const code = textOf(coding['code'])
  if (code !== null) codings.push({ system: textOf(coding['system']), code })
}
