import type { StaticType } from '../elm/static-type.ts'
import { isIntervalOf, isListOf, isTuple, systemTypeTest } from '../runtime/types.ts'
import { FhirElement } from './fhir-element.ts'
import { isFhirSubtype, isResourceType } from './fhir-types.ts'

type Test = (value: unknown) => boolean

/**
 * Tells whether a value that says itself what it is has a type; null has none (CQL 1.5, Reference, "Is"). An interval
 * without boundaries may be one of anything, and so may an empty list.
 */
export function typeTest(type: StaticType): Test {
  switch (type.kind) {
    case 'named':
      return type.name.startsWith('FHIR.') ? fhirTest(type.name) : (systemTypeTest(type.name.replace('System.', '')) ?? (() => false))
    case 'list': {
      const element = typeTest(type.element)
      return (value) => isListOf(value, element)
    }
    case 'interval': {
      const point = typeTest(type.point)
      const name = type.point.text.replace('System.', '')
      return (value) => isIntervalOf(value, point, name)
    }
    case 'tuple':
      return isTuple
    case 'choice': {
      const tests = type.choices.map(typeTest)
      return (value) => tests.some((test) => test(value))
    }
  }
}

function fhirTest(name: string): Test {
  const known = new Map<string, boolean>()
  const is = (type: string): boolean => {
    let answer = known.get(type)
    if (answer === undefined) known.set(type, (answer = isFhirSubtype(type, name)))
    return answer
  }
  if (isResourceType(name)) return (value) => typeof value === 'object' && value !== null && is(`FHIR.${resourceTypeOf(value)}`)
  return (value) => value instanceof FhirElement && is(value.type)
}

const resourceTypeOf = (value: object): string => String((value as { resourceType?: unknown }).resourceType)
