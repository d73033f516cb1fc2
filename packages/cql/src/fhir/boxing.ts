import type { StaticType } from '../elm/static-type.ts'
import { Tuple } from '../runtime/values.ts'
import { FhirElement } from './fhir-element.ts'
import { isAbstractElement, isResourceType } from './fhir-types.ts'
import { typeTest } from './type-test.ts'

type Converter = (value: unknown) => unknown
const identity: Converter = (value) => value

const isRawName = (name: string): boolean => name.startsWith('FHIR.') && !isResourceType(name) && !isAbstractElement(name)

/** From a static type's own form (JSON alone) to values that say themselves what they are. */
export function boxer(type: StaticType): Converter {
  switch (type.kind) {
    case 'named': {
      const { name } = type
      return isRawName(name) ? (value) => (value === null ? null : new FhirElement(name, value)) : identity
    }
    case 'list':
      return listConverter(boxer(type.element))
    case 'tuple':
      return tupleConverter(new Map([...type.elements].map(([name, element]) => [name, boxer(element)])))
    case 'interval':
    case 'choice':
      return identity
  }
}

/** The way back; what is not of the type becomes null. */
export function unboxer(type: StaticType): Converter {
  switch (type.kind) {
    case 'named': {
      const is = typeTest(type)
      return isRawName(type.name) ? (value) => (is(value) ? (value as FhirElement).json : null) : (value) => (is(value) ? value : null)
    }
    case 'list':
      return listConverter(unboxer(type.element))
    case 'tuple':
      return tupleConverter(new Map([...type.elements].map(([name, element]) => [name, unboxer(element)])))
    case 'interval':
    case 'choice':
      return identity
  }
}

const listConverter =
  (convert: Converter): Converter =>
  (value) =>
    Array.isArray(value) ? (convert === identity ? value : value.map(convert)) : null

const tupleConverter =
  (converters: ReadonlyMap<string, Converter>): Converter =>
  (value) =>
    value instanceof Tuple
      ? new Tuple(Object.fromEntries([...converters].map(([name, convert]) => [name, convert(value.elements[name] ?? null)])))
      : null
