import { system, type StaticType } from '../elm/static-type.ts'
import { isFhirSubtype } from '../fhir/fhir-types.ts'

/** Whether every value of `type` is one of `of` (CQL 1.5, Author's Guide, "Subtypes"). */
export function isSubtype(type: StaticType, of: StaticType): boolean {
  if (type === of || of === system.any) return true
  if (type.kind === 'choice') return type.choices.every((choice) => isSubtype(choice, of))
  switch (of.kind) {
    case 'choice':
      return of.choices.some((choice) => isSubtype(type, choice))
    case 'named':
      return type.kind === 'named' && (isFhirSubtype(type.name, of.name) || isVocabulary(type.name, of.name))
    case 'list':
      return type.kind === 'list' && isSubtype(type.element, of.element)
    case 'interval':
      return type.kind === 'interval' && isSubtype(type.point, of.point)
    case 'tuple':
      return (
        type.kind === 'tuple' &&
        type.elements.size === of.elements.size &&
        [...of.elements].every(([name, element]) => {
          const own = type.elements.get(name)
          return own !== undefined && isSubtype(own, element)
        })
      )
  }
}

/** ValueSet and CodeSystem are Vocabularies; what other models call one is theirs. */
const isVocabulary = (name: string, of: string): boolean =>
  of === 'System.Vocabulary' && (name === 'System.ValueSet' || name === 'System.CodeSystem')

/** Whether a value of `type` could be one of `of`: false only when no value but null is both. */
export function mayBe(type: StaticType, of: StaticType): boolean {
  if (type === system.any || of === system.any) return true
  if (type.kind === 'choice') return type.choices.some((choice) => mayBe(choice, of))
  if (of.kind === 'choice') return of.choices.some((choice) => mayBe(type, choice))
  if (type.kind === 'list' && of.kind === 'list') return mayBe(type.element, of.element)
  if (type.kind === 'interval' && of.kind === 'interval') return mayBe(type.point, of.point)
  if (type.kind === 'tuple' && of.kind === 'tuple') return true
  return isSubtype(type, of) || isSubtype(of, type)
}
