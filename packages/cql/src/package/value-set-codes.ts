import type { ExpandedCode, FhirValueSet } from './measure-package.ts'

export interface ValueSetCode {
  readonly system: string
  readonly code: string
  readonly display: string
}

/** Every code of a value set, from its expansion or from a definition that lists codes; why not, in words, otherwise. */
export function codesOf(valueSet: FhirValueSet): ValueSetCode[] | { readonly missing: string } {
  const codes = allCodes(valueSet)
  // FHIR R4, code: no space around it. Records have none, so nobody would carry it. Of a package that is not valid a code may be anything.
  const padded = Array.isArray(codes) ? codes.filter(({ code }: { code: unknown }) => typeof code === 'string' && code !== code.trim()) : []
  if (padded.length === 0) return codes
  return { missing: `${padded.length} of its codes have a space before or behind them (the first is ${JSON.stringify(padded[0]!.code)})` }
}

function allCodes(valueSet: FhirValueSet): ValueSetCode[] | { readonly missing: string } {
  const { expansion } = valueSet
  if (!expansion) return listedCodes(valueSet)
  const codes = expandedCodes(valueSet)
  const listed = Array.isArray(codes) && codes.length === 0 ? listedCodes(valueSet) : []
  const contradicts = Array.isArray(listed) && listed.length > 0
  return contradicts ? { missing: `its expansion is empty and its definition lists codes (${listed.length}): expand it again` } : codes
}

/** The codes of a definition that lists them one by one. */
function listedCodes(valueSet: FhirValueSet): ValueSetCode[] | { readonly missing: string } {
  const include = valueSet.compose?.include ?? []
  if (include.length === 0) return { missing: 'it has neither an expansion nor a list of codes' }
  if (include.some((part) => part.valueSet)) return { missing: 'it is made of other value sets and has no expansion' }
  if (valueSet.compose?.exclude || include.some((part) => !part.system || !part.concept || part.filter)) {
    return { missing: 'it is defined by a rule and has no expansion' }
  }
  return include.flatMap((part) => part.concept!.map(({ code, display = '' }) => ({ system: part.system!, code, display })))
}

/** How many entries a value set has, without looking at them. */
export const numberOfCodes = ({ expansion, compose }: FhirValueSet): number =>
  entriesIn(expansion?.contains ?? []) + (compose?.include ?? []).reduce((sum, { concept }) => sum + (concept?.length ?? 0), 0)

const entriesIn = (contains: readonly ExpandedCode[]): number =>
  contains.reduce((sum, entry) => sum + 1 + (entry.contains ? entriesIn(entry.contains) : 0), 0)

/** Extensions by which a terminology server says that it did not give everything. */
const isCut = /\/valueset-(?:toocostly|unclosed)$/

function expandedCodes({ expansion }: FhirValueSet): ValueSetCode[] | { missing: string } {
  const codes = flatten(expansion?.contains ?? [])
  // FHIR R4, ValueSet, vsd-10: a code has a system. Without one nobody can tell which records carry it.
  const bare = codes.filter(({ system }) => !system)
  if (bare.length > 0) {
    return { missing: `${bare.length} of its ${codes.length} codes name no code system (the first is ${JSON.stringify(bare[0]!.code)})` }
  }
  const total = expansion?.total ?? codes.length
  if (expansion?.offset) return { missing: `its expansion is a page that starts after ${expansion.offset} codes` }
  if (expansion?.extension?.some(({ url, valueBoolean }) => isCut.test(url) && valueBoolean !== false)) {
    return { missing: `its publisher marked the expansion of ${codes.length} codes as incomplete` }
  }
  return codes.length < total ? { missing: `its expansion holds ${codes.length} of ${total} codes` } : codes
}

function flatten(contains: readonly ExpandedCode[], into: ValueSetCode[] = []): ValueSetCode[] {
  for (const { system = '', code, display = '', abstract, contains: children } of contains) {
    if (code && !abstract) into.push({ system, code, display })
    if (children) flatten(children, into)
  }
  return into
}
