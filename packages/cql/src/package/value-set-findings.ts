import { canonicalHash } from './canonical-json.ts'
import type { FhirMeasure, FhirValueSet } from './measure-package.ts'
import { dependencies, findValueSet, versioned, type PackageContent, type PackagedLibrary } from './package-content.ts'
import { type Findings, type PackageProblem, unique } from './package-problem.ts'
import { codesOf, filledPage } from './value-set-codes.ts'

/** A library that names a value set, of a version or of whichever is there. */
interface Wish {
  readonly url: string
  readonly version: string | undefined
  readonly by: string
}

/** What is missing, cut off or doubled among the value sets that the measure's libraries name. */
export function valueSetFindings(content: PackageContent, measure: FhirMeasure): Findings {
  const used = new Set<FhirValueSet>()
  const problems: PackageProblem[] = []
  const warnings: PackageProblem[] = []
  for (const { url, version, by } of wishesOf(dependencies(content, measure))) {
    const valueSet = findValueSet(content, url, version)
    if (!valueSet) {
      problems.push({ subject: url, message: `The value set is missing; ${by} needs it.` })
      continue
    }
    const named = content.valueSetsNamed(url)
    const others = version !== undefined && !named.some((one) => one.version === version)
    if (isDoubtful(named, version)) problems.push({ subject: url, message: severalVersions(named, by) })
    else if (others) {
      const message = `${by} names this version; the package holds ${valueSet.version ?? 'one without version'}, which is used.`
      warnings.push({ subject: `${url}|${version}`, message })
    }
    if (used.has(valueSet)) continue
    used.add(valueSet)
    const codes = codesOf(valueSet)
    if (!Array.isArray(codes)) problems.push({ subject: url, message: `The value set cannot be used: ${codes.missing}.` })
    else if (codes.length === 0) warnings.push({ subject: url, message: 'The value set holds no code, so nothing can be in it.' })
    const page = filledPage(valueSet)
    if (page !== null) warnings.push({ subject: url, message: mayBeCut(page) })
  }
  for (const valueSet of content.valueSets) {
    const codes = used.has(valueSet) ? [] : codesOf(valueSet)
    if (!Array.isArray(codes)) warnings.push({ subject: valueSet.url, message: `No library names this value set; ${codes.missing}.` })
  }
  return { problems: unique(problems), warnings: unique(warnings) }
}

const mayBeCut = (page: number): string =>
  `Its expansion was asked for ${page} codes and holds as many, without saying how many there are: it may be cut off there.`

/** Each version of each value set once, with the first library that names it. */
function wishesOf(libraries: readonly PackagedLibrary[]): Wish[] {
  const wishes = new Map<string, Wish>()
  for (const { elm, resource } of libraries) {
    for (const { id, version: beside } of elm?.valueSets?.def ?? []) {
      const { url, version } = versioned(id, beside)
      const key = `${url}|${version ?? ''}`
      if (!wishes.has(key)) wishes.set(key, { url, version, by: resource.name })
    }
  }
  return [...wishes.values()]
}

/** Whether a url means several different value sets and the version wanted does not tell which. */
function isDoubtful(named: readonly FhirValueSet[], version: string | undefined): boolean {
  if (named.length < 2) return false
  const fitting = version === undefined ? [] : named.filter((valueSet) => valueSet.version === version)
  if (fitting.length === 1) return false
  return new Set((fitting.length > 0 ? fitting : named).map((valueSet) => canonicalHash(valueSet))).size > 1
}

function severalVersions(named: readonly FhirValueSet[], by: string): string {
  const versions = named.map(({ version }) => version ?? 'without version')
  return `The package holds the value set ${versions.length} times (${versions.join(', ')}), and ${by} does not say which it means.`
}
