import type { ExpandedCode, FhirValueSet } from './measure-package.ts'

export interface ValueSetCode {
  readonly system: string
  readonly code: string
  readonly display: string
}

/** Every code of a value set, from its expansion or from a definition that lists codes; why not, in words, otherwise. */
export function codesOf(valueSet: FhirValueSet): ValueSetCode[] | { readonly missing: string } {
  if (valueSet.expansion) return expandedCodes(valueSet)
  const include = valueSet.compose?.include ?? []
  if (include.length === 0) return { missing: 'it has neither an expansion nor a list of codes' }
  if (include.some((part) => !part.system || !part.concept || part.filter || part.valueSet)) {
    return { missing: 'it is defined by a rule and has no expansion' }
  }
  return include.flatMap((part) => part.concept!.map(({ code, display = '' }) => ({ system: part.system!, code, display })))
}

/** Extensions by which a terminology server says that it did not give everything. */
const isCut = /\/valueset-(?:toocostly|unclosed)$/

function expandedCodes({ expansion }: FhirValueSet): ValueSetCode[] | { missing: string } {
  const codes = flatten(expansion?.contains ?? [])
  const total = expansion?.total ?? codes.length
  if (expansion?.extension?.some(({ url, valueBoolean }) => isCut.test(url) && valueBoolean !== false)) {
    return { missing: `its publisher marked the expansion of ${codes.length} codes as incomplete` }
  }
  return codes.length < total ? { missing: `its expansion holds ${codes.length} of ${total} codes` } : codes
}

const flatten = (contains: readonly ExpandedCode[]): ValueSetCode[] =>
  contains.flatMap(({ system, code, display = '', abstract, contains: children = [] }) => [
    ...(system && code && !abstract ? [{ system, code, display }] : []),
    ...flatten(children),
  ])
