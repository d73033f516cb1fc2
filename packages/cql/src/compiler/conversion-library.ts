import { operandTypes } from '../elm/operand-types.ts'
import type { LinkedLibrary } from '../elm/linked-library.ts'
import { named } from '../elm/static-type.ts'
import { primitiveValue } from '../fhir/fhir-types.ts'
import { fhirConversions } from '../front-end/fhir-model.ts'

const known = new WeakMap<LinkedLibrary, boolean>()

/**
 * Whether a library is the one by which translated CQL goes from FHIR's values to its own: it defines each conversion of more than a
 * primitive that the model declares (`conversionInfo`), under that name and of that type. What it calls itself says nothing.
 */
export function isConversionLibrary(library: LinkedLibrary): boolean {
  let is = known.get(library)
  if (is === undefined) known.set(library, (is = structured().every(([name, type]) => converts(library, name, type))))
  return is
}

const converts = (library: LinkedLibrary, name: string, type: string): boolean =>
  (library.functions.get(name) ?? []).some((overload) => {
    const types = operandTypes(overload)
    return types.length === 1 && types[0] === named(type)
  })

let declared: readonly (readonly [name: string, type: string])[] | undefined

/** Coding, CodeableConcept, Quantity, Ratio, Period and Range, with the functions that convert them. */
const structured = (): NonNullable<typeof declared> =>
  (declared ??= fhirConversions()
    .filter(({ fromType }) => primitiveValue(fromType) === null)
    .map(({ functionName, fromType }) => [functionName.slice(functionName.indexOf('.') + 1), fromType]))
