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
  const entries = entriesIn(expansion?.contains ?? [])
  const total = expansion?.total ?? entries
  const offset = expansion?.offset || Number(parameterOf(expansion, 'offset')?.valueInteger ?? 0)
  if (offset > 0) return { missing: `its expansion is a page that starts after ${offset} codes` }
  const isLimited = parameterOf(expansion, 'limitedExpansion')?.valueBoolean === true
  if (isLimited || expansion?.extension?.some(({ url, valueBoolean }) => isCut.test(url) && valueBoolean !== false)) {
    return { missing: `its publisher marked the expansion of ${codes.length} codes as incomplete` }
  }
  if (entries >= total) return codes
  // The total is of entries, also of those that only head others (FHIR R4, ValueSet.expansion.total).
  const held = entries === codes.length ? `${codes.length} of ${total} codes` : `${entries} entries of ${total}`
  return { missing: `its expansion holds ${held}` }
}

/** How many codes an expansion was asked for, where it holds exactly so many and does not say how many there are; null elsewhere. */
export function filledPage({ expansion }: FhirValueSet): number | null {
  const count = parameterOf(expansion, 'count')?.valueInteger
  return expansion?.total === undefined && typeof count === 'number' && count > 0 && count === entriesIn(expansion?.contains ?? [])
    ? count
    : null
}

const parameterOf = (expansion: FhirValueSet['expansion'], name: string) => expansion?.parameter?.find((one) => one.name === name)

function flatten(contains: readonly ExpandedCode[], into: ValueSetCode[] = []): ValueSetCode[] {
  for (const { system = '', code, display = '', abstract, contains: children } of contains) {
    if (code && !abstract) into.push({ system, code, display })
    if (children) flatten(children, into)
  }
  return into
}
