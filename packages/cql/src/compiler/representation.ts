import type { StaticType } from '../elm/static-type.ts'
import { isAbstractElement, isResourceType } from '../fhir/fhir-types.ts'

/**
 * How a value of a static type stands in generated code.
 *
 * A FHIR element whose type is known is its JSON and nothing else: `"final"`, `{"coding": [...]}`. Where the type is a
 * choice or unknown it is a FhirElement, the same JSON with its type beside it. Everything else - System values, whole
 * resources - says itself what it is and stands the same everywhere.
 */
export function holdsRaw(type: StaticType): boolean {
  switch (type.kind) {
    case 'named':
      return type.name.startsWith('FHIR.') && !isResourceType(type.name) && !isAbstractElement(type.name)
    case 'list':
      return holdsRaw(type.element)
    case 'tuple':
      return [...type.elements.values()].some(holdsRaw)
    case 'interval':
    case 'choice':
      return false
  }
}
