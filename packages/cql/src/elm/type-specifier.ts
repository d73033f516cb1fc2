import { isObject, objectsPart, type ElmNode } from './elm-node.ts'
import { choiceOf, intervalOf, listOf, named, tupleOf, type StaticType } from './static-type.ts'

const models: Readonly<Record<string, string>> = { 'urn:hl7-org:elm-types:r1': 'System', 'http://hl7.org/fhir': 'FHIR' }

/** A type by ELM's qualified name `{namespace}Name`; null for a model that is not known. */
export function namedTypeOf(qualified: unknown): StaticType | null {
  if (typeof qualified !== 'string') return null
  const [, namespace = '', name = ''] = /^\{([^}]*)\}(.+)$/.exec(qualified) ?? []
  const model = models[namespace]
  return model && name ? named(`${model}.${name}`) : null
}

/** The type that an ELM type specifier means; null when it is none or names an unknown model. */
export function typeOfSpecifier(specifier: unknown): StaticType | null {
  if (!isObject(specifier)) return null
  switch (specifier.type) {
    case 'NamedTypeSpecifier':
      return namedTypeOf(specifier.name)
    case 'ListTypeSpecifier':
      return wrapped(specifier.elementType, listOf)
    case 'IntervalTypeSpecifier':
      return wrapped(specifier.pointType, intervalOf)
    case 'ChoiceTypeSpecifier': {
      const choices = [...objectsPart(specifier, 'choice'), ...objectsPart(specifier, 'type')].map(typeOfSpecifier)
      return choices.length > 0 && choices.every((choice) => choice !== null) ? choiceOf(choices) : null
    }
    case 'TupleTypeSpecifier':
      return tuple(objectsPart(specifier, 'element'))
    default:
      return null
  }
}

const wrapped = (inner: unknown, wrap: (type: StaticType) => StaticType): StaticType | null => {
  const type = typeOfSpecifier(inner)
  return type && wrap(type)
}

function tuple(parts: readonly Readonly<Record<string, unknown>>[]): StaticType | null {
  const elements = new Map<string, StaticType>()
  for (const part of parts) {
    const type = typeOfSpecifier(part.elementType ?? part.type)
    if (!type || typeof part.name !== 'string') return null
    elements.set(part.name, type)
  }
  return tupleOf(elements)
}

/** What the translator wrote as the type of a node; null when it wrote none. */
export const statedType = (node: ElmNode | Readonly<Record<string, unknown>>): StaticType | null =>
  namedTypeOf(node.resultTypeName) ?? typeOfSpecifier(node.resultTypeSpecifier)
