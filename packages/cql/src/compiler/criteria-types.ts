import { CompileError } from '../elm/compile-error.ts'
import { isFhirSubtype, isFhirType, isResourceType, primitiveValue } from '../fhir/fhir-types.ts'
import type { GroupDefinition } from '../scoring/measure-definition.ts'
import type { CompiledLibrary } from './compiled-library.ts'

/**
 * A population counts what its group counts (FHIR Quality Measure IG, population basis): people by yes or no, or a list of resources; an
 * observation is an amount; a stratifier says yes or no, lists what the group counts or names the stratum.
 * Throws CompileError for a definition of another type, which would count nobody or everybody without a word.
 */
export function checkCriteriaTypes(groups: readonly GroupDefinition[], { name: library, definitions }: CompiledLibrary): void {
  const types = new Map(definitions.map(({ name, type }) => [name, type]))
  for (const group of groups) {
    const { basis, populations } = group
    const refuse = (definition: string | null, reason: string): never => {
      throw new CompileError({ library, definition, node: null }, reason)
    }
    if (basis !== 'boolean' && !isFhirType(`FHIR.${basis}`))
      refuse(null, `The measure counts ${basis}, which is no type of FHIR R4. Its population basis is boolean or a type.`)
    for (const { code, expression } of populations) {
      const type = types.get(expression)
      if (type === undefined || fits(type, basis)) continue
      const wanted = basis === 'boolean' ? 'counts people: it has to be Boolean' : `counts each ${basis}: it has to be a list of them`
      refuse(expression, `It is ${inWords(type)}, and as ${code} it ${wanted}.`)
    }
    for (const { observer, expression, id } of group.observations) {
      const type = valueType(types.get(expression), basis !== 'boolean')
      if (type !== null && !alternatives(itemOf(type) ?? type).some((one) => isAny(one) || amounts.has(localName(one))))
        refuse(observer, `It is ${inWords(type)}, and what "${id}" observes has to be a number or a Quantity.`)
    }
    for (const { id, expressions, ofItems } of group.stratifiers) {
      for (const [index, expression] of expressions.entries()) {
        const names = ofItems[index]
        const type = valueType(types.get(names?.[0] ?? expression), Boolean(names))
        if (type === null || alternatives(type).some((one) => isAny(one) || isWord(one))) continue
        if (expressions.length === 1 && !names && (basis === 'boolean' ? itemOf(type) !== undefined : fits(type, basis))) continue
        const items = basis === 'boolean' || names || expressions.length > 1 ? '' : `, be a list of ${basis}`
        refuse(
          expression,
          `It is ${inWords(type)}, and as criteria of stratifier "${id}" it has to be Boolean${items} or name the stratum: a text, code, number or date.`,
        )
      }
    }
  }
}

const inWords = (type: string): string => type.replace(/\b(?:System|FHIR)\./g, '')
const itemOf = (type: string): string | undefined => /^List<(.*)>$/.exec(type)?.[1]
const isAny = (type: string): boolean => type === 'System.Any'
const localName = (type: string): string => type.slice(type.indexOf('.') + 1)

/** The type of what a function says of one item, whose definition lists it for all; null of what was not compiled. */
const valueType = (type: string | undefined, isOfItems: boolean): string | null =>
  type === undefined ? null : isOfItems ? (itemOf(type) ?? type) : type

/** What can be observed (Quality Measure IG, measure observations), of the System model and of FHIR's. */
const amounts = new Set([
  'Integer',
  'Long',
  'Decimal',
  'Quantity',
  'integer',
  'positiveInt',
  'unsignedInt',
  'decimal',
  'Age',
  'Duration',
  'Count',
])

/** Whether a value of a type can be what a stratum is called. */
const isWord = (type: string): boolean =>
  /^System\.(?!ValueSet$|CodeSystem$)\w+$/.test(type) ||
  primitiveValue(type) !== null ||
  ['FHIR.CodeableConcept', 'FHIR.Coding', 'FHIR.Quantity'].includes(type)

/** Types in CQL's words. What is of no known type is looked at when it is computed. */
function fits(type: string, basis: string): boolean {
  if (type === 'System.Any') return true
  if (basis === 'boolean') return alternatives(type).some((one) => one === 'System.Boolean' || one === 'FHIR.boolean')
  const items = itemOf(type)
  if (items === undefined) return false
  const wanted = `FHIR.${basis}`
  if (!isResourceType(wanted)) return true
  return alternatives(items).some((one) => one === 'System.Any' || isFhirSubtype(one, wanted) || isFhirSubtype(wanted, one))
}

const alternatives = (type: string): string[] => /^Choice<(.*)>$/.exec(type)?.[1]?.split(',') ?? [type]
