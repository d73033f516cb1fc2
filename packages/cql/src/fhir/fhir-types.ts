import { fhirTypes, type ElementType } from '../front-end/fhir-model.ts'
import { choiceOf, listOf, named, type NamedType, type StaticType } from '../elm/static-type.ts'

/** What the FHIR 4.0.1 model info says about a type, with what it inherits. */
interface FhirType {
  readonly ancestors: ReadonlySet<string>
  readonly elements: ReadonlyMap<string, FhirElementType>
}

export interface FhirElementType {
  readonly type: StaticType
  readonly list: boolean
  /** For `value[x]`: the JSON property of each type. Null for an element of one type. */
  readonly choices: readonly ChoiceProperty[] | null
}

export interface ChoiceProperty {
  readonly property: string
  readonly type: NamedType
}

const types = new Map<string, FhirType | null>()

function fhirType(name: string): FhirType | null {
  let found = types.get(name)
  if (found === undefined) types.set(name, (found = read(name)))
  return found
}

function read(name: string): FhirType | null {
  const own = fhirTypes().get(name)
  if (!own) return null
  const inherited = own.base ? fhirType(own.base) : null
  const elements = new Map(inherited?.elements)
  for (const [element, type] of own.elements) elements.set(element, elementType(element, type))
  return { ancestors: new Set([name, ...(own.base ? [own.base] : []), ...(inherited?.ancestors ?? [])]), elements }
}

function elementType(element: string, { list, names }: ElementType): FhirElementType {
  const of = names.map(named)
  const type = of.length === 1 ? of[0]! : choiceOf(of)
  const choices = of.length === 1 ? null : of.map((choice) => ({ property: choiceProperty(element, choice), type: choice }))
  return { type: list ? listOf(type) : type, list, choices }
}

/** `value` of type FHIR.Quantity is `valueQuantity` in JSON, and so is one restricted to SimpleQuantity. */
function choiceProperty(element: string, { name }: NamedType): string {
  const local = name.slice(name.indexOf('.') + 1).replace(/^(?:Simple|Money)Quantity$/, 'Quantity')
  return element + local[0]!.toUpperCase() + local.slice(1)
}

export const isFhirType = (name: string): boolean => name.startsWith('FHIR.') && fhirType(name) !== null

export const fhirElement = (type: string, element: string): FhirElementType | null => fhirType(type)?.elements.get(element) ?? null

/** Elements of a type by their property in JSON: of `value[x]` each. */
export const elementsOf = (type: string): readonly (readonly [property: string, type: StaticType])[] =>
  [...(fhirType(type)?.elements ?? [])].flatMap(([name, { type: own, choices }]) =>
    choices ? choices.map((choice) => [choice.property, choice.type] as const) : [[name, own] as const],
  )

export const isFhirSubtype = (name: string, ancestor: string): boolean => fhirType(name)?.ancestors.has(ancestor) ?? false

export const isResourceType = (name: string): boolean => isFhirSubtype(name, 'FHIR.Resource')

/** Types whose values say themselves what they are, so that JSON alone does not tell: elements of more than one type. */
export const isAbstractElement = (name: string): boolean => name === 'FHIR.Element' || name === 'FHIR.BackboneElement'

/** The System type of a primitive's `value`; null for a type that has none. */
export function primitiveValue(name: string): NamedType | null {
  const value = fhirElement(name, 'value')
  return value && value.type.kind === 'named' && value.type.name.startsWith('System.') ? value.type : null
}
