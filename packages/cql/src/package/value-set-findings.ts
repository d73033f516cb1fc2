import { canonicalHash } from './canonical-json.ts'
import type { FhirMeasure, FhirValueSet } from './measure-package.ts'
import { dependencies, valueSetsByUrl, type PackageContent } from './package-content.ts'
import type { Findings, PackageProblem } from './package-problem.ts'
import { codesOf } from './value-set-codes.ts'

/** What is missing, cut off or doubled among the value sets that the measure's libraries name. */
export function valueSetFindings(content: PackageContent, measure: FhirMeasure): Findings {
  const libraries = dependencies(content, measure)
  const byUrl = valueSetsByUrl(content, libraries)
  const named = new Map<string, { readonly by: string; readonly version: string | undefined }>()
  for (const { elm, resource } of libraries) {
    for (const { id, version } of elm?.valueSets?.def ?? []) {
      const [url = '', inId] = id.split('|')
      if (!named.has(url)) named.set(url, { by: resource.name, version: version ?? inId })
    }
  }
  const problems: PackageProblem[] = []
  const warnings: PackageProblem[] = []
  for (const [url, { by, version }] of named) {
    const valueSet = byUrl.get(url)
    const codes = valueSet && codesOf(valueSet)
    if (!codes) problems.push({ subject: url, message: `The value set is missing; ${by} needs it.` })
    else if (!Array.isArray(codes)) problems.push({ subject: url, message: `The value set cannot be used: ${codes.missing}.` })
    else if (codes.length === 0) warnings.push({ subject: url, message: 'The value set holds no code, so nothing can be in it.' })
    if (isDoubtful(content.valueSetsNamed(url), version))
      problems.push({ subject: url, message: severalVersions(content.valueSetsNamed(url), by) })
  }
  for (const valueSet of content.valueSets) {
    const codes = named.has(valueSet.url) ? [] : codesOf(valueSet)
    if (!Array.isArray(codes)) warnings.push({ subject: valueSet.url, message: `No library names this value set; ${codes.missing}.` })
  }
  return { problems, warnings }
}

/** Whether a url means several different value sets and the version wanted does not tell which. */
function isDoubtful(named: readonly FhirValueSet[], version: string | undefined): boolean {
  if (named.length < 2) return false
  const fitting = version === undefined ? [] : named.filter((valueSet) => valueSet.version === version)
  return new Set((fitting.length > 0 ? fitting : named).map((valueSet) => canonicalHash(valueSet))).size > 1
}

function severalVersions(named: readonly FhirValueSet[], by: string): string {
  const versions = named.map(({ version }) => version ?? 'without version')
  return `The package holds the value set ${versions.length} times (${versions.join(', ')}), and ${by} does not say which it means.`
}
