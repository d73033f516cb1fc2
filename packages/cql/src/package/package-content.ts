import type { ElmLibrary } from '../front-end/translation.ts'
import type { FhirLibrary, FhirMeasure, FhirValueSet, PackageBundle } from './measure-package.ts'

/** A library of a package: its FHIR resource and the ELM inside it, null where it carries none. */
export interface PackagedLibrary {
  readonly resource: FhirLibrary
  readonly elm: ElmLibrary | null
}

export interface PackageContent {
  readonly measures: readonly FhirMeasure[]
  readonly libraries: readonly PackagedLibrary[]
  readonly valueSets: readonly FhirValueSet[]
}

export function packageContent(bundle: PackageBundle): PackageContent {
  const resources = bundle.entry.map((entry) => entry.resource)
  return {
    measures: resources.filter((resource) => resource.resourceType === 'Measure'),
    libraries: resources.filter((resource) => resource.resourceType === 'Library').map((resource) => ({ resource, elm: elmOf(resource) })),
    valueSets: resources.filter((resource) => resource.resourceType === 'ValueSet'),
  }
}

function elmOf(library: FhirLibrary): ElmLibrary | null {
  const attachment = library.content?.find((content) => content.contentType === 'application/elm+json')
  if (!attachment) return null
  return (JSON.parse(Buffer.from(attachment.data, 'base64').toString('utf8')) as { library: ElmLibrary }).library
}

/**
 * The library that a canonical (`https://.../Library/X|1.0`) or an ELM include path (`X`, `http://.../X`) means.
 * By the Library resource first: publishers give the ELM inside versions and namespaces of its own.
 */
export function findLibrary(libraries: readonly PackagedLibrary[], reference: string): PackagedLibrary | undefined {
  const [url = ''] = reference.split('|')
  const name = url.slice(url.lastIndexOf('/') + 1)
  return (
    libraries.find(({ resource }) => resource.url === url) ??
    libraries.find(({ resource, elm }) => resource.name === name || resource.id === name || elm?.identifier.id === name)
  )
}

/** The libraries that a measure runs on, its own first; what it names and the package lacks is left out. */
export function dependencies(content: PackageContent, measure: FhirMeasure): PackagedLibrary[] {
  const found = new Set<PackagedLibrary>()
  const visit = (reference: string): void => {
    const library = findLibrary(content.libraries, reference)
    if (!library || found.has(library)) return
    found.add(library)
    for (const include of library.elm?.includes?.def ?? []) visit(include.path)
  }
  for (const reference of measure.library) visit(reference)
  return [...found]
}
