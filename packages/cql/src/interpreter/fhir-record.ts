import { type AnyTypeSpecifier, Code, type RecordObject } from 'cql-execution'
import { fhirTypes, type ElementType } from '../front-end/fhir-model.ts'
import { readDate, readDateTime, readTime } from './fhir-time.ts'

type Json = Record<string, unknown>
type Read = (json: Json, offsetMinutes: number) => unknown

/**
 * A FHIR element as cql-execution wants to see it: one class per type of the model, an accessor per element.
 *
 * cql-exec-fhir's objects define every accessor again on every instance, which costs more than evaluating; and they
 * read times in the host's zone. Here values are read on first use, once, and times in the region's offset.
 *
 * The engine compares objects by their own enumerable fields: for an element that is its JSON.
 */
class FhirElement implements RecordObject {
  declare readonly typeName: string
  /** Names of the type and its ancestors in ELM's form, `{http://hl7.org/fhir}Observation`. */
  declare readonly typeNames: ReadonlySet<string>
  readonly $json: unknown
  readonly #json: Json
  readonly #offsetMinutes: number
  #values: Map<string, unknown> | undefined

  constructor(json: Json, offsetMinutes: number) {
    this.#json = json
    this.#offsetMinutes = offsetMinutes
    this.$json = this.identity(json)
  }

  /** What makes two of them the same to the engine. */
  protected identity(json: Json): unknown {
    return json
  }

  protected once(name: string, read: Read): unknown {
    this.#values ??= new Map()
    let value = this.#values.get(name)
    if (value === undefined && !this.#values.has(name)) {
      value = read(this.#json, this.#offsetMinutes)
      this.#values.set(name, value)
    }
    return value
  }

  get(path: string): unknown {
    let value: unknown = this
    for (const name of path.split('.')) value = value === null || value === undefined ? value : (value as Json)[name]
    return value
  }

  /** As it came. */
  get json(): unknown {
    return this.#json
  }

  getId(): unknown {
    return this.#json.id
  }

  /** Every code at a path, through Coding, CodeableConcept and lists of them; a `code` element is a bare string. */
  getCode(path: string): (Code | string)[] {
    return this.once(`codes of ${path}`, () => codesIn(this.get(path))) as (Code | string)[]
  }

  getDate(path: string): unknown {
    return plain(this.get(path))
  }

  getDateOrInterval(path: string): unknown {
    return plain(this.get(path))
  }

  _is(specifier: AnyTypeSpecifier): boolean {
    return specifier.type === 'NamedTypeSpecifier' && this.typeNames.has(specifier.name)
  }
}

export const isFhirElement = (value: unknown): value is { readonly json: unknown } => value instanceof FhirElement

/** A resource: the same to the engine as another of its type and id. */
export class FhirResource extends FhirElement {
  protected override identity(json: Json): unknown {
    return `${String(json.resourceType)}/${String(json.id)}`
  }
  /** `Type/id`. */
  get reference(): string {
    return this.$json as string
  }
}

const plain = (value: unknown): unknown => (value instanceof FhirElement ? ((value as unknown as Json).value ?? value) : value)

function codesIn(value: unknown): (Code | string)[] {
  if (Array.isArray(value)) return value.flatMap(codesIn)
  if (!(value instanceof FhirElement)) return []
  const { coding, system, code } = value.$json as { coding?: unknown; system?: string; code?: string }
  if (coding !== undefined) return codesIn((value as unknown as Json).coding)
  if (code !== undefined) return [new Code(code, system)]
  const bare = (value as unknown as Json).value
  return typeof bare === 'string' ? [bare] : []
}

type ElementClass = new (json: Json, offsetMinutes: number) => FhirElement
const classes = new Map<string, ElementClass>()

/** Wraps a resource; its resourceType must be one of the model's. */
export function fhirResource(json: Json, offsetMinutes: number): FhirResource {
  return new (classOf(`FHIR.${String(json.resourceType)}`, FhirResource))(json, offsetMinutes) as FhirResource
}

function classOf(typeName: string, base: ElementClass = FhirElement): ElementClass {
  let found = classes.get(typeName)
  if (!found) classes.set(typeName, (found = defineClass(typeName, base)))
  return found
}

function defineClass(typeName: string, base: ElementClass): ElementClass {
  const defined = class extends base {}
  const typeNames = new Set<string>()
  Object.assign(defined.prototype, { typeName, typeNames })
  for (let name: string | null = typeName; name; name = fhirTypes().get(name)?.base ?? null) {
    typeNames.add(name.replace(/^FHIR\./, '{http://hl7.org/fhir}').replace(/^System\./, '{urn:hl7-org:elm-types:r1}'))
    for (const [element, type] of fhirTypes().get(name)?.elements ?? []) {
      if (Object.hasOwn(defined.prototype, element)) continue
      const read = reader(element, type)
      const accessor = function (this: FhirElement): unknown {
        return this['once'](element, read)
      }
      Object.defineProperty(defined.prototype, element, { get: accessor })
    }
  }
  return defined
}

function reader(element: string, { list, names }: ElementType): Read {
  if (names.length === 1) return list ? listReader(element, names[0]!) : singleReader(element, names[0]!)
  const choices = names.map((name) => {
    const local = name.slice(name.indexOf('.') + 1)
    const property = element + local[0]!.toUpperCase() + local.slice(1)
    return { property, shadow: `_${property}`, read: singleReader(property, name) }
  })
  return (json, offset) =>
    choices.find(({ property, shadow }) => json[property] !== undefined || json[shadow] !== undefined)?.read(json, offset) ?? null
}

const listReader =
  (element: string, type: string): Read =>
  (json, offset) => {
    const values = (json[element] ?? json[`_${element}`]) as unknown[] | undefined
    const shadows = json[`_${element}`] as unknown[] | undefined
    return Array.isArray(values)
      ? values.map((_, index) => wrap((json[element] as unknown[])?.[index], shadows?.[index], type, offset))
      : null
  }

const singleReader =
  (element: string, type: string): Read =>
  (json, offset) =>
    wrap(json[element], json[`_${element}`], type, offset)

/** `shadow` is the `_element` beside a primitive: its id and extensions. */
function wrap(value: unknown, shadow: unknown, type: string, offset: number): unknown {
  if (type.startsWith('System.')) return systemValue(value, type, offset)
  if (value === undefined || value === null) return shadow ? new (classOf(type))(shadow as Json, offset) : null
  if (typeof value !== 'object') return new (classOf(type))(shadow ? { ...(shadow as Json), value } : { value }, offset)
  // An element typed as any resource (contained, Bundle.entry.resource) is what it says it is.
  if ('resourceType' in value) return fhirResource(value as Json, offset)
  return new (classOf(type))(value as Json, offset)
}

function systemValue(value: unknown, type: string, offset: number): unknown {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') {
    if (type === 'System.DateTime') return readDateTime(value, offset)
    if (type === 'System.Date') return readDate(value)
    if (type === 'System.Time') return readTime(value)
  }
  return value
}
