import { readMeasureDefinition } from '../scoring/read-measure-definition.ts'
import { canonicalHash, canonicalJson } from './canonical-json.ts'
import { definitionFindings } from './definition-findings.ts'
import { isTooDeep } from './json-depth.ts'
import { libraryFindings } from './library-findings.ts'
import type { FhirMeasure, MeasurePackage, PackageBundle } from './measure-package.ts'
import { dependencies, packageContent, valueSetKey, type PackageContent } from './package-content.ts'
import { joined, noFindings, type Findings, type PackageProblem } from './package-problem.ts'
import { misshapen } from './resource-shapes.ts'
import { numberOfCodes } from './value-set-codes.ts'
import { valueSetFindings } from './value-set-findings.ts'

export type PackageReading =
  | { readonly ok: true; readonly package: MeasurePackage; readonly warnings: readonly PackageProblem[] }
  | { readonly ok: false; readonly problems: readonly PackageProblem[] }

/** Checks that a FHIR Bundle is a measure with every library and every value set in full, and names what is missing. */
export function readPackage(bundle: unknown): PackageReading {
  if (isTooDeep(bundle)) return refuse('This is nested too deeply for a package.')
  if (isObject(bundle) && bundle.resourceType === 'Measure')
    return refuse('This is a Measure alone. A package is a Bundle that holds it with its libraries and value sets.')
  if (!isBundle(bundle)) return refuse('This is not a FHIR Bundle of resources.')
  for (const { resource } of bundle.entry) {
    const element = misshapen(resource as unknown as Readonly<Record<string, unknown>>)
    if (element) return refuse(`${resource.resourceType}/${String(resource.id)}: ${element} is not what FHIR says it is.`)
  }
  const libraries = librariesIn(bundle)
  if (libraries > mostPackaged) {
    return refuse(
      `It holds ${libraries.toLocaleString('en-US')} libraries; ${mostPackaged.toLocaleString('en-US')} are taken. Leave out those that the measure does not run on.`,
    )
  }
  const content = packageContent(bundle)
  const [measure, ...others] = content.measures
  if (!measure || others.length > 0) return refuse(`A package holds one Measure; this one holds ${content.measures.length}.`)
  const codes = content.valueSets.reduce((sum, valueSet) => sum + numberOfCodes(valueSet), 0)
  if (codes > mostCodes) {
    return refuse(
      `Its value sets hold ${codes.toLocaleString('en-US')} codes; ${mostCodes.toLocaleString('en-US')} are taken. Ask its publisher for sets of the codes that are meant.`,
    )
  }
  const nameless = [...content.libraries.map(({ resource }) => resource), ...content.valueSets].find(({ url }) => typeof url !== 'string')
  if (nameless) return refuse(`${nameless.resourceType}/${nameless.id ?? '?'} has no url.`)
  const { problems, warnings } = joined([
    measureFindings(content, measure),
    libraryFindings(content, measure),
    valueSetFindings(content, measure),
  ])
  return problems.length > 0 ? { ok: false, problems } : { ok: true, package: packageOf(bundle, content, measure), warnings }
}

/** More than SNOMED CT has concepts; published packages hold a few thousand. */
const mostCodes = 400_000

/** Of which the measure may run on a part; looked at before any of them is opened. */
export const mostPackaged = 2000

const librariesIn = ({ entry }: PackageBundle): number =>
  entry.reduce((sum, { resource }) => sum + (resource.resourceType === 'Library' ? 1 : 0), 0)

const refuse = (message: string): PackageReading => ({ ok: false, problems: [{ subject: 'Bundle', message }] })

function packageOf(bundle: PackageBundle, content: PackageContent, measure: FhirMeasure): MeasurePackage {
  const { id, url, version, title = measure.name ?? id } = measure
  const libraries = dependencies(content, measure)
  const texts = new Map<unknown, string>(bundle.entry.map(({ resource }) => [resource, canonicalJson(resource)]))
  const hashOf = (value: unknown): string => canonicalHash(value, texts)
  return {
    ...{ id, url, version, title, bundle },
    hash: hashOf(bundle),
    libraryHashes: Object.fromEntries(libraries.map(({ resource }) => [`${resource.url}|${resource.version ?? ''}`, hashOf(resource)])),
    valueSetHashes: Object.fromEntries(content.valueSets.map((valueSet) => [valueSetKey(content, valueSet), hashOf(valueSet)])),
  }
}

export const isBundle = (value: unknown): value is PackageBundle =>
  isObject(value) &&
  value.resourceType === 'Bundle' &&
  Array.isArray(value.entry) &&
  value.entry.every((entry) => isObject(entry) && isObject(entry.resource))

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** What the Measure itself says, and whether its own library defines what it asks for. */
function measureFindings(content: PackageContent, measure: FhirMeasure): Findings {
  const problem = (message: string): PackageProblem => ({ subject: `Measure/${measure.id ?? '?'}`, message })
  const missing = (['id', 'url', 'version'] as const).filter((element) => typeof measure[element] !== 'string')
  const problems = missing.map((element) => problem(`The measure has no ${element}.`))
  const named = Array.isArray(measure.library) && measure.library.every((reference) => typeof reference === 'string')
  if (!named || measure.library.length === 0) return { problems: [...problems, problem('The measure names no library.')], warnings: [] }
  const reading = readMeasureDefinition(measure)
  if (!reading.ok) return { problems: [...problems, ...reading.problems.map(problem)], warnings: [] }
  const own = dependencies(content, measure)[0]
  return joined([{ problems, warnings: [] }, own?.elm ? definitionFindings(reading.definition, own.elm, own.resource.name) : noFindings])
}
