import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** How a model says that one type turns into another without being asked, e.g. FHIR.Coding -> System.Code. */
export interface Conversion {
  readonly functionName: string
  readonly fromType: string
  readonly toType: string
}

/** The type of an element: a name such as `FHIR.Quantity`, a list of one, or a choice of names. */
export interface ElementType {
  readonly list: boolean
  /** More than one name is a choice: `value[x]`. */
  readonly names: readonly string[]
}

export interface ModelType {
  readonly name: string
  readonly base: string | null
  readonly elements: ReadonlyMap<string, ElementType>
}

const require = createRequire(import.meta.url)
const modelFile = require.resolve('cql-exec-fhir/lib/modelInfos/fhir-modelinfo-4.0.1.xml')
let text: string | undefined
let types: ReadonlyMap<string, ModelType> | undefined

/** The FHIR 4.0.1 model info (XML, urn:hl7-org:elm-modelinfo:r1) as cql-exec-fhir publishes it. */
export const fhirModelText = (): string => (text ??= readFileSync(modelFile, 'utf8'))

export const fhirConversions = (): Conversion[] =>
  [...fhirModelText().matchAll(/<conversionInfo ([^>]*?"[^"]*")\s*\/>/g)].map(([, attributes = '']) => ({
    functionName: attribute(attributes, 'functionName') ?? '',
    fromType: attribute(attributes, 'fromType') ?? '',
    toType: attribute(attributes, 'toType') ?? '',
  }))

/** Every class of the model by its qualified name (`FHIR.Observation`), with its own elements only. */
export const fhirTypes = (): ReadonlyMap<string, ModelType> => (types ??= parseTypes())

function parseTypes(): ReadonlyMap<string, ModelType> {
  const found = new Map<string, ModelType>()
  for (const [, attributes = '', body = ''] of fhirModelText().matchAll(/<typeInfo ([^>]*?)(?:\/>|>([\s\S]*?)<\/typeInfo>)/g)) {
    const name = `${attribute(attributes, 'namespace')}.${attribute(attributes, 'name')}`
    found.set(name, { name, base: attribute(attributes, 'baseType'), elements: parseElements(body) })
  }
  return found
}

function parseElements(body: string): ReadonlyMap<string, ElementType> {
  const elements = new Map<string, ElementType>()
  for (const [, attributes = '', inner = ''] of body.matchAll(/<element ([^>]*?)(?:\/>|>([\s\S]*?)<\/element>)/g)) {
    const name = attribute(attributes, 'name')
    const plain = attribute(attributes, 'elementType')
    if (!name) continue
    if (plain) elements.set(name, { list: false, names: [plain] })
    else elements.set(name, parseSpecifier(inner))
  }
  return elements
}

function parseSpecifier(inner: string): ElementType {
  const list = inner.includes('ListTypeSpecifier')
  const listed = /elementType="([^"]*)"/.exec(inner)?.[1]
  if (listed) return { list, names: [listed] }
  return { list, names: [...inner.matchAll(/<choice ([^>]*)>/g)].map(([, attributes = '']) => qualifiedName(attributes)) }
}

const qualifiedName = (attributes: string): string => `${attribute(attributes, 'namespace')}.${attribute(attributes, 'name')}`

const attribute = (attributes: string, name: string): string | null =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1]?.replaceAll('&lt;', '<') ?? null
