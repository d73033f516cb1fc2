import { isUtf8 } from 'node:buffer'
import type { ElmLibrary } from '../front-end/translation.ts'
import { isTooDeep } from './json-depth.ts'
import type { FhirLibrary, FhirMeasure, FhirValueSet, PackageBundle } from './measure-package.ts'

/** A library of a package: its FHIR resource and the ELM inside it. */
export interface PackagedLibrary {
  readonly resource: FhirLibrary
  /** Null where the library carries none that can be read. */
  readonly elm: ElmLibrary | null
  /** Why the ELM that it carries cannot be read. */
  readonly damage: string | null
}

export interface PackageContent {
  readonly measures: readonly FhirMeasure[]
  readonly libraries: readonly PackagedLibrary[]
  readonly valueSets: readonly FhirValueSet[]
  /**
   * The libraries that a canonical (`https://.../Library/X|1.0`) or an ELM include path (`X`, `http://.../X`) can mean.
   * By the Library resource first: publishers give the ELM inside versions and namespaces of its own.
   */
  librariesNamed(reference: string): readonly PackagedLibrary[]
  valueSetsNamed(url: string): readonly FhirValueSet[]
}

/** Published measures run on about twenty. */
export const mostLibraries = 500

export function packageContent(bundle: PackageBundle): PackageContent {
  const resources = bundle.entry.map((entry) => entry.resource)
  const libraries = resources
    .filter((resource) => resource.resourceType === 'Library')
    .map((resource) => ({ resource, ...elmOf(resource) }))
  const valueSets = resources.filter((resource) => resource.resourceType === 'ValueSet')
  const byUrl = Map.groupBy(libraries, ({ resource }) => resource.url)
  const byName = new Map<string, PackagedLibrary[]>()
  for (const library of libraries) {
    for (const name of new Set([library.resource.name, library.resource.id, library.elm?.identifier.id ?? library.resource.id])) {
      const known = byName.get(name)
      if (known) known.push(library)
      else byName.set(name, [library])
    }
  }
  const valueSetsByUrl = Map.groupBy(valueSets, ({ url }) => url)
  return {
    ...{ measures: resources.filter((resource) => resource.resourceType === 'Measure'), libraries, valueSets },
    librariesNamed(reference) {
      const [url = ''] = reference.split('|')
      return byUrl.get(url) ?? byName.get(url.slice(url.lastIndexOf('/') + 1)) ?? []
    },
    valueSetsNamed: (url) => valueSetsByUrl.get(url) ?? [],
  }
}

/** The decoded attachment of a content type; null where the library has none. */
export function attachment(library: FhirLibrary, contentType: string): string | null {
  const bytes = attached(library, contentType)
  return bytes && new TextDecoder(encodingOf(bytes)).decode(bytes)
}

/** Whether an attachment is text; where it is not, what is decoded of it has marks in the place of what could not be. */
export function isText(library: FhirLibrary, contentType: string): boolean {
  const bytes = attached(library, contentType)
  return bytes === null || encodingOf(bytes) !== 'utf-8' || isUtf8(bytes)
}

function attached(library: FhirLibrary, contentType: string): Buffer | null {
  const contents: FhirLibrary['content'] = Array.isArray(library.content) ? (library.content as FhirLibrary['content']) : []
  const found = contents.find((content) => content?.contentType?.split(';')[0] === contentType)
  return typeof found?.data === 'string' ? Buffer.from(found.data, 'base64') : null
}

/** By the mark that editors write before a text; UTF-8 where there is none. */
const encodingOf = ([first, second]: Buffer): string =>
  first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'

function elmOf(library: FhirLibrary): Pick<PackagedLibrary, 'elm' | 'damage'> {
  const text = attachment(library, 'application/elm+json')
  if (text === null) return { elm: null, damage: null }
  if (!isText(library, 'application/elm+json')) return { elm: null, damage: 'Its ELM is not UTF-8 text. Save it as JSON in UTF-8.' }
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { elm: null, damage: `Its ELM is not JSON; it is cut off or damaged (${text.length} characters).` }
  }
  if (isTooDeep(parsed)) return { elm: null, damage: 'Its ELM is nested too deeply to be read.' }
  const elm = (parsed as { library?: unknown } | null)?.library
  return isElm(elm) ? { elm, damage: null } : { elm: null, damage: 'What it carries as ELM is not an ELM library.' }
}

function isElm(value: unknown): value is ElmLibrary {
  if (!isRecord(value) || !isRecord(value.identifier) || typeof value.identifier.id !== 'string') return false
  const definitions = (part: string, needed: readonly string[]): boolean =>
    value[part] === undefined ||
    (isRecord(value[part]) &&
      (value[part].def === undefined ||
        (Array.isArray(value[part].def) &&
          value[part].def.every((def) => isRecord(def) && needed.every((name) => typeof def[name] === 'string')))))
  return (
    definitions('parameters', ['name']) &&
    definitions('includes', ['localIdentifier', 'path']) &&
    definitions('valueSets', ['name', 'id']) &&
    definitions('statements', ['name'])
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a library is a version of itself: the Library's own or that of the ELM inside. */
export const isVersion = ({ resource, elm }: PackagedLibrary, version: string): boolean =>
  resource.version === version || elm?.identifier.version === version

/** The library that is meant: of the wanted version, else the first that has the name. */
export function findLibrary(content: PackageContent, reference: string, version?: string): PackagedLibrary | undefined {
  const named = content.librariesNamed(reference)
  const wanted = version ?? reference.split('|')[1]
  return (wanted === undefined ? undefined : named.find((library) => isVersion(library, wanted))) ?? named[0]
}

/**
 * The libraries that a measure runs on, its own first; what it names and the package lacks is left out. Of more than are taken it is
 * one more than that.
 */
export function dependencies(content: PackageContent, measure: FhirMeasure): PackagedLibrary[] {
  const found = new Set<PackagedLibrary>()
  // The next one last: a chain of includes may be longer than the stack is deep.
  const waiting: { path: string; version?: string }[] = (measure.library ?? []).map((path) => ({ path })).reverse()
  for (let next = waiting.pop(); next && found.size <= mostLibraries; next = waiting.pop()) {
    const library = findLibrary(content, next.path, next.version)
    if (!library || found.has(library)) continue
    found.add(library)
    for (const include of (library.elm?.includes?.def ?? []).toReversed()) waiting.push(include)
  }
  return [...found]
}

/** The value set that a canonical means: of the wanted version, else the first of its url. */
export function findValueSet(content: PackageContent, canonical: string, version?: string): FhirValueSet | undefined {
  const { url, version: wanted } = versioned(canonical, version)
  const named = content.valueSetsNamed(url)
  return (wanted === undefined ? undefined : named.find((valueSet) => valueSet.version === wanted)) ?? named[0]
}

/** A version stands beside a canonical or behind it (`https://.../ValueSet/x|2`). */
export function versioned(canonical: string, version?: string): { readonly url: string; readonly version: string | undefined } {
  const [url = '', inside] = canonical.split('|')
  return { url, version: version ?? inside }
}

/** What a value set goes by among those of its package: its url, and its version where there are several of that url. */
export const valueSetKey = (content: PackageContent, { url, version = '' }: FhirValueSet): string =>
  content.valueSetsNamed(url).length > 1 ? `${url}|${version}` : url
