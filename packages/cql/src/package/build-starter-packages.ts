import { translate } from '../front-end/translate.ts'
import { fhirHelpers } from '../front-end/fhir-helpers.ts'
import { libraryHeader, type ElmLibrary } from '../front-end/translation.ts'
import type { FhirLibrary, FhirMeasure, FhirValueSet, MeasurePackage, PackageBundle } from './measure-package.ts'
import { dependencies, packageContent } from './package-content.ts'
import { readPackage } from './read-package.ts'
import { registrySources, type StarterSources, starterSources } from './starter-set.ts'

/** Where canonical urls of our own measures, libraries and value sets begin. */
export const CARECOMMONS = 'https://carecommons.example/fhir'

/**
 * Translates and packages the starter set: seconds of work, so keep the bundles under `starterSourceHash()`
 * and hand them to `readPackage` next time. Throws when the set itself is wrong, which is a bug.
 */
export const buildStarterPackages = (): Promise<MeasurePackage[]> => build(starterSources())

/** The same of the registries, under `registrySourceHash()`. */
export const buildRegistryPackages = (): Promise<MeasurePackage[]> => build(registrySources())

async function build({ measures, libraries, valueSets }: StarterSources): Promise<MeasurePackage[]> {
  const translation = await translate(libraries)
  if (!translation.ok) throw new Error(`What ships with the product does not translate:\n${describe(translation.problems)}`)
  const texts = new Map([fhirHelpers(), ...libraries].map((text) => [libraryHeader(text).name, text]))
  const resources = translation.libraries.map((elm) => libraryResource(elm, texts.get(elm.identifier.id) ?? ''))
  return measures.map((measure) => {
    const reading = readPackage(bundle(measure, resources, valueSets))
    if (!reading.ok) throw new Error(`The measure ${measure.id} that ships with the product is incomplete:\n${describe(reading.problems)}`)
    return reading.package
  })
}

const describe = (problems: readonly object[]): string => problems.map((problem) => JSON.stringify(problem)).join('\n')

export function libraryResource(elm: ElmLibrary, text: string): FhirLibrary {
  const { id, version = '1.0.0' } = elm.identifier
  const attachment = (contentType: string, content: string): FhirLibrary['content'][number] => ({
    contentType,
    data: Buffer.from(content, 'utf8').toString('base64'),
  })
  const type = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/library-type', code: 'logic-library' }] }
  return Object.assign(
    { resourceType: 'Library' as const, id, url: `${CARECOMMONS}/Library/${id}`, version, name: id },
    {
      status: 'active',
      type,
      content: [attachment('text/cql', text), attachment('application/elm+json', JSON.stringify({ library: elm }))],
    },
  )
}

/** The measure with just the libraries and value sets that it reaches. */
function bundle(measure: FhirMeasure, libraries: readonly FhirLibrary[], valueSets: readonly FhirValueSet[]): PackageBundle {
  const needed = dependencies(packageContent(bundleOf([measure, ...libraries])), measure)
  const urls = new Set(needed.flatMap(({ elm }) => (elm?.valueSets?.def ?? []).map(({ id }) => id)))
  return bundleOf([measure, ...needed.map(({ resource }) => resource), ...valueSets.filter(({ url }) => urls.has(url))])
}

export const bundleOf = (resources: readonly (FhirMeasure | FhirLibrary | FhirValueSet)[]): PackageBundle => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ fullUrl: resource.url, resource })),
})
