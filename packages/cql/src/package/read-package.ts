import { populationCodes } from '../engine.ts'
import { canonicalHash } from './canonical-json.ts'
import type { FhirMeasure, MeasurePackage, PackageBundle } from './measure-package.ts'
import { dependencies, findLibrary, packageContent, type PackageContent } from './package-content.ts'
import { codesOf } from './value-set-codes.ts'

export interface PackageProblem {
  /** What is wrong: `Measure/x`, a library's name, a value set's url. */
  readonly subject: string
  readonly message: string
}

export type PackageReading =
  { readonly ok: true; readonly package: MeasurePackage } | { readonly ok: false; readonly problems: readonly PackageProblem[] }

/** Checks that a FHIR Bundle is a measure with every library and every value set in full, and names what is missing. */
export function readPackage(bundle: unknown): PackageReading {
  if (!isBundle(bundle)) return { ok: false, problems: [{ subject: 'Bundle', message: 'This is not a FHIR Bundle of resources.' }] }
  let content: PackageContent
  try {
    content = packageContent(bundle)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { ok: false, problems: [{ subject: 'Library', message: 'The ELM in a library is not JSON.' }] }
  }
  const [measure, ...others] = content.measures
  if (!measure || others.length > 0) {
    return {
      ok: false,
      problems: [{ subject: 'Bundle', message: `A package holds one Measure; this one holds ${content.measures.length}.` }],
    }
  }
  const problems = [...measureProblems(measure), ...libraryProblems(content, measure), ...valueSetProblems(content, measure)]
  if (problems.length > 0) return { ok: false, problems }
  const { id, url, version, title } = measure
  const valueSetHashes = Object.fromEntries(content.valueSets.map((valueSet) => [valueSet.url, canonicalHash(valueSet)]))
  return { ok: true, package: { id, url, version, title, hash: canonicalHash(bundle), valueSetHashes, bundle } }
}

const isBundle = (value: unknown): value is PackageBundle =>
  isObject(value) &&
  value.resourceType === 'Bundle' &&
  Array.isArray(value.entry) &&
  value.entry.every((entry) => isObject(entry) && isObject(entry.resource))

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function measureProblems(measure: FhirMeasure): PackageProblem[] {
  const problem = (message: string): PackageProblem => ({ subject: `Measure/${measure.id ?? '?'}`, message })
  const missing = (['id', 'url', 'version', 'title'] as const).filter((element) => typeof measure[element] !== 'string')
  const problems = missing.map((element) => problem(`The measure has no ${element}.`))
  if (!measure.library?.length) problems.push(problem('The measure names no library.'))
  if (!measure.group?.length) problems.push(problem('The measure has no group.'))
  for (const { code, criteria } of (measure.group ?? []).flatMap((group) => group.population ?? [])) {
    const population = code?.coding?.[0]?.code ?? '?'
    if (!(populationCodes as readonly string[]).includes(population))
      problems.push(problem(`Populations of kind ${population} are not supported.`))
    if (!criteria?.expression) problems.push(problem(`The ${population} has no criteria.`))
  }
  return problems
}

function libraryProblems(content: PackageContent, measure: FhirMeasure): PackageProblem[] {
  const needed = dependencies(content, measure)
  const wanted = [
    ...(measure.library ?? []).map((reference) => ({ reference, by: `Measure/${measure.id}` })),
    ...needed.flatMap(({ elm, resource }) => (elm?.includes?.def ?? []).map(({ path }) => ({ reference: path, by: resource.name }))),
  ]
  const absent = wanted.filter(({ reference }) => !findLibrary(content.libraries, reference))
  const own = needed[0]?.elm?.statements?.def.map((definition) => definition.name) ?? []
  const undefinedCriteria = (measure.group ?? [])
    .flatMap((group) => group.population ?? [])
    .map(({ criteria }) => criteria?.expression)
    .filter((expression) => expression && needed[0]?.elm && !own.includes(expression))
  return [
    ...absent.map(({ reference, by }) => ({ subject: reference, message: `The library is missing; ${by} needs it.` })),
    ...needed
      .filter(({ elm }) => !elm)
      .map(({ resource }) => ({
        subject: resource.name,
        message: 'The library carries no ELM (application/elm+json): translate its CQL first.',
      })),
    ...undefinedCriteria.map((expression) => ({
      subject: needed[0]!.resource.name,
      message: `The library does not define "${expression}".`,
    })),
  ]
}

function valueSetProblems(content: PackageContent, measure: FhirMeasure): PackageProblem[] {
  const named = new Map<string, string>()
  for (const { elm, resource } of dependencies(content, measure)) {
    for (const { id } of elm?.valueSets?.def ?? []) named.set(id.split('|')[0]!, resource.name)
  }
  const problems: PackageProblem[] = []
  for (const [url, by] of named) {
    const valueSet = content.valueSets.find((candidate) => candidate.url === url)
    const codes = valueSet && codesOf(valueSet)
    if (!codes) problems.push({ subject: url, message: `The value set is missing; ${by} needs it.` })
    else if (!Array.isArray(codes)) problems.push({ subject: url, message: `The value set cannot be used: ${codes.missing}.` })
  }
  return problems
}
