import type { StaticType } from '../elm/static-type.ts'
import { readPrimitive } from './fhir-primitives.ts'
import type { FhirResource } from './fhir-record.ts'
import { elementsOf, primitiveValue } from './fhir-types.ts'
import { isExtended, isObject, type MisshapenElement } from './misshapen-element.ts'

/** Which element of which record is misshapen, of what kind it is and what it should be; nothing of the value, which is somebody's. */
export function misshapenInWords({ value }: MisshapenElement, resources: Iterable<FhirResource>): string {
  for (const resource of resources) {
    const found = within(resource, `FHIR.${resource.resourceType}`, value, 0)
    if (found === null) continue
    const record = typeof resource.id === 'string' ? `${resource.resourceType}/${resource.id}` : `A ${resource.resourceType} without id`
    return `${record}: its ${found.path.slice(1)} is ${kindOf(value)} and no ${found.wanted} of FHIR R4. Correct the record where it comes from.`
  }
  return `An element of a record is ${kindOf(value)}, which is not its type in FHIR R4. Correct the record where it comes from.`
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'a text'
  if (typeof value === 'number') return Math.abs(value) < 1e20 ? 'a number' : 'a number too large to count with'
  if (typeof value === 'boolean') return 'true or false'
  return Array.isArray(value) ? 'a list' : 'an object'
}

interface Place {
  readonly path: string
  readonly wanted: string
}

/** Records of people are not nested deeper. */
const mostDeep = 40

/** Where in JSON of a type the value stands against its type. */
function within(json: unknown, type: string, value: unknown, depth: number): Place | null {
  if (!isObject(json) || depth > mostDeep) return null
  for (const [name, element] of elementsOf(type)) {
    for (const key of [name, `_${name}`]) {
      const found = Object.hasOwn(json, key) ? at(json[key], element, value, depth) : null
      if (found) return { ...found, path: `.${key}${found.path}` }
    }
  }
  return null
}

function at(json: unknown, type: StaticType, value: unknown, depth: number): Place | null {
  if (type.kind === 'named') {
    const isIt = Object.is(json, value) && !fits(json, type.name)
    return isIt ? { path: '', wanted: nameOf(type.name) } : within(json, type.name, value, depth + 1)
  }
  if (type.kind !== 'list') return null
  if (!Array.isArray(json)) return Object.is(json, value) ? { path: '', wanted: `list of ${nameOf(type.element.text)}` } : null
  for (const [index, item] of json.entries()) {
    const found = at(item, type.element, value, depth)
    if (found) return { ...found, path: `[${index}]${found.path}` }
  }
  return null
}

function fits(json: unknown, type: string): boolean {
  const primitive = primitiveValue(type)
  if (primitive) return isExtended(json) || readPrimitive(json, primitive, 0) !== null
  return type.startsWith('System.') ? typeof json === 'string' : isObject(json)
}

/** `FHIR.Encounter.Location` and `FHIR.Period` as FHIR R4 says them. */
const nameOf = (type: string): string => type.slice(type.indexOf('.') + 1)
