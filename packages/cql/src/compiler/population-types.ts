import { CompileError } from '../elm/compile-error.ts'
import { isFhirSubtype, isFhirType, isResourceType } from '../fhir/fhir-types.ts'
import type { GroupDefinition } from '../scoring/measure-definition.ts'
import type { CompiledLibrary } from './compiled-library.ts'

/**
 * A population counts what its group counts (FHIR Quality Measure IG, population basis): people by yes or no, or a list of resources.
 * Throws CompileError for a definition of another type, which would count nobody or everybody without a word.
 */
export function checkPopulationTypes(groups: readonly GroupDefinition[], { name: library, definitions }: CompiledLibrary): void {
  const types = new Map(definitions.map(({ name, type }) => [name, type]))
  for (const { basis, populations } of groups) {
    const refuse = (definition: string | null, reason: string): never => {
      throw new CompileError({ library, definition, node: null }, reason)
    }
    if (basis !== 'boolean' && !isFhirType(`FHIR.${basis}`))
      refuse(null, `The measure counts ${basis}, which is no type of FHIR R4. Its population basis is boolean or a type.`)
    for (const { code, expression } of populations) {
      const type = types.get(expression)
      if (type === undefined || fits(type, basis)) continue
      const wanted = basis === 'boolean' ? 'counts people: it has to be Boolean' : `counts each ${basis}: it has to be a list of them`
      refuse(expression, `It is ${type.replace(/\b(?:System|FHIR)\./g, '')}, and as ${code} it ${wanted}.`)
    }
  }
}

/** Types in CQL's words. What is of no known type is looked at when it is computed. */
function fits(type: string, basis: string): boolean {
  if (type === 'System.Any') return true
  if (basis === 'boolean') return alternatives(type).some((one) => one === 'System.Boolean' || one === 'FHIR.boolean')
  const items = /^List<(.*)>$/.exec(type)?.[1]
  if (items === undefined) return false
  const wanted = `FHIR.${basis}`
  if (!isResourceType(wanted)) return true
  return alternatives(items).some((one) => one === 'System.Any' || isFhirSubtype(one, wanted) || isFhirSubtype(wanted, one))
}

const alternatives = (type: string): string[] => /^Choice<(.*)>$/.exec(type)?.[1]?.split(',') ?? [type]
