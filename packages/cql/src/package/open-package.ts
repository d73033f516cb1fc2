import { isUtf8 } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import { translate } from '../front-end/translate.ts'
import { libraryHeader, type ElmLibrary } from '../front-end/translation.ts'
import { cqlFindings } from './cql-findings.ts'
import type { FhirLibrary, PackageBundle } from './measure-package.ts'
import { attachment } from './package-content.ts'
import type { PackageProblem } from './package-problem.ts'
import { isBundle, mostPackaged, readPackage, type PackageReading } from './read-package.ts'
import { misshapen } from './resource-shapes.ts'

/** Published packages have a few megabytes; what is made of a hundred of JSON still fits a process. */
const mostBytes = 100 * 1024 * 1024

/** Reads a package from the bytes of a file, gzipped or not; libraries that come as CQL only are translated. */
export async function openPackage(bytes: Uint8Array): Promise<PackageReading> {
  const unpacked = unpack(bytes)
  if ('problem' in unpacked) return refuse(unpacked.problem)
  // Without the mark that some editors write before UTF-8.
  const bundle = parse(new TextDecoder().decode(unpacked))
  if ('problem' in bundle) return refuse(bundle.problem)
  if (!isUtf8(unpacked)) return refuse(notUtf8.problem)
  if (!isBundle(bundle.value)) return readPackage(bundle.value)
  if (librariesIn(bundle.value).length > mostPackaged) return readPackage(bundle.value)
  if (librariesIn(bundle.value).some((library) => misshapen(library as unknown as Record<string, unknown>)))
    return readPackage(bundle.value)
  const untranslated = librariesIn(bundle.value).filter(
    (library) => attachment(library, 'application/elm+json') === null && attachment(library, 'text/cql') !== null,
  )
  if (untranslated.length === 0) return readPackage(bundle.value)
  const problems = cqlFindings(untranslated)
  if (problems.length > 0) return { ok: false, problems }
  const texts = librariesIn(bundle.value).flatMap((library) => attachment(library, 'text/cql') ?? [])
  const translation = await translate(texts)
  if (!translation.ok)
    return { ok: false, problems: translation.problems.map(({ library, ...problem }) => ({ subject: library, ...inWords(problem) })) }
  return readPackage(withElm(bundle.value, untranslated, translation.libraries))
}

const refuse = (message: string, subject = 'Bundle'): PackageReading => ({ ok: false, problems: [{ subject, message }] })

interface Problem {
  readonly problem: string
}

function unpack(bytes: Uint8Array): Uint8Array | Problem {
  if (bytes.length === 0) return { problem: 'The file is empty.' }
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (!isGzip) return bytes.length > mostBytes ? tooLarge : bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge
    if (code === 'Z_BUF_ERROR') return { problem: 'The compressed file is cut off: its end is missing. Load it again from where it came.' }
    return { problem: 'The compressed file is damaged. Load it again from where it came.' }
  }
}

const notUtf8: Problem = { problem: 'The file is not UTF-8 text. Save it as FHIR JSON in UTF-8.' }

const tooLarge: Problem = { problem: `The file holds more than ${mostBytes / 1024 / 1024} MB, which is no measure package.` }

function parse(text: string): { readonly value: unknown } | Problem {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const start = text.trimStart()
    if (start.startsWith('<')) return { problem: 'The file is XML. Ask for the package as FHIR JSON: a Bundle, gzipped or not.' }
    if (start.startsWith('\u001f')) return { problem: 'The file is compressed twice. Unpack it once.' }
    if (start.startsWith('PK')) return { problem: 'The file is a ZIP archive. Unpack it and load the Bundle inside, a JSON file.' }
    if (start.slice(0, 100).includes('\0')) return notUtf8
    if (!start.startsWith('{')) return { problem: 'The file is not JSON. A package is a FHIR Bundle in JSON, gzipped or not.' }
    if (/^\{[^\n]*\}\r?\n\s*\{/.test(start))
      return { problem: 'The file holds several resources, one a line. A package is one FHIR Bundle with all of them as entries.' }
    // V8 says "Unexpected end of JSON input" or, inside a string, "Unterminated string".
    if (/end of JSON|Unterminated/.test(error.message) || !text.trimEnd().endsWith('}')) {
      return { problem: `The bundle is cut off after ${text.length.toLocaleString('en-US')} characters: its end is missing.` }
    }
    const place = /position (\d+)/.exec(error.message)?.[1]
    return { problem: `The file is not JSON${place ? ` from character ${Number(place).toLocaleString('en-US')} on` : ''}.` }
  }
}

const librariesIn = ({ entry }: PackageBundle): FhirLibrary[] =>
  entry.map(({ resource }) => resource).filter((resource) => resource.resourceType === 'Library')

function inWords({ line, column, message }: { line: number; column: number; message: string }): Pick<PackageProblem, 'message'> {
  return { message: line > 0 ? `Line ${line}, column ${column} of its CQL: ${message}` : message }
}

function withElm(bundle: PackageBundle, untranslated: readonly FhirLibrary[], translated: readonly ElmLibrary[]): PackageBundle {
  const byName = new Map(translated.map((elm) => [elm.identifier.id, elm]))
  const present = new Set<string>()
  const entry = bundle.entry.map(({ resource, ...rest }) => {
    if (resource.resourceType !== 'Library') return { ...rest, resource }
    const { name } = libraryHeader(attachment(resource, 'text/cql') ?? '')
    present.add(name)
    const elm = untranslated.includes(resource) ? byName.get(name) : undefined
    if (!elm) return { ...rest, resource }
    return { ...rest, resource: { ...resource, content: [...resource.content, elmAttachment(elm)] } }
  })
  // FHIRHelpers comes with the product where a package does not bring its own.
  const helpers = byName.get('FHIRHelpers')
  if (!helpers || present.has('FHIRHelpers')) return { ...bundle, entry }
  const url = 'https://carecommons.example/fhir/Library/FHIRHelpers'
  const { id, version = '1.0.0' } = helpers.identifier
  const resource: FhirLibrary = { ...{ resourceType: 'Library', id, url, version, name: id }, content: [elmAttachment(helpers)] }
  return { ...bundle, entry: [...entry, { fullUrl: url, resource }] }
}

const elmAttachment = (elm: ElmLibrary): FhirLibrary['content'][number] => ({
  contentType: 'application/elm+json',
  data: Buffer.from(JSON.stringify({ library: elm }), 'utf8').toString('base64'),
})
