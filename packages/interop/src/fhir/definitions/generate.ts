// Writes r4.txt from HL7's own definitions (CC0): profiles-resources.json, profiles-types.json, valuesets.json and
// v3-codesystems.json of FHIR 4.0.1, as in https://hl7.org/fhir/R4/definitions.json.zip. Run once for a FHIR version:
//   node --import ./scripts/typescript.mjs packages/interop/src/fhir/definitions/generate.ts FOLDER-OF-THE-FOUR-FILES
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DIRECTORY_TYPES, PATIENT_PATH } from '../resource-types.ts'

interface ElementDefinition {
  readonly path: string
  readonly min: number
  readonly max: string
  readonly type?: readonly { readonly code: string }[]
  readonly contentReference?: string
  readonly binding?: { readonly strength: string; readonly valueSet?: string }
}
interface Concept {
  readonly code: string
  readonly concept?: readonly Concept[]
}
interface Include {
  readonly system?: string
  readonly concept?: readonly Concept[]
  readonly filter?: readonly unknown[]
  readonly valueSet?: readonly string[]
}
interface Definition {
  readonly resourceType: string
  readonly url: string
  readonly name: string
  readonly kind?: string
  readonly derivation?: string
  readonly abstract?: boolean
  readonly baseDefinition?: string
  readonly snapshot?: { readonly element: readonly ElementDefinition[] }
  readonly compose?: { readonly include: readonly Include[]; readonly exclude?: readonly unknown[] }
  readonly concept?: readonly Concept[]
  readonly content?: string
}

const folder = process.argv[2]
if (!folder) throw new Error('usage: generate.ts FOLDER')
const load = (file: string): Definition[] =>
  (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { entry: { resource: Definition }[] }).entry.map((entry) => entry.resource)

const structures = new Map<string, Definition>()
for (const definition of [...load('profiles-types.json'), ...load('profiles-resources.json')])
  if (definition.resourceType === 'StructureDefinition' && definition.derivation !== 'constraint')
    structures.set(definition.name, definition)
const byUrl = new Map([...load('valuesets.json'), ...load('v3-codesystems.json')].map((definition) => [definition.url, definition]))

const BASES = ['Element', 'BackboneElement', 'Resource', 'DomainResource']
const lines: string[] = []
const codeSets = new Map<string, readonly string[]>()
const wanted = ['Patient', ...DIRECTORY_TYPES, ...Object.keys(PATIENT_PATH), ...BASES]
for (let i = 0; i < wanted.length; i++) {
  const definition = structures.get(wanted[i]!)
  if (definition && definition.kind !== 'primitive-type') writeStructure(definition)
}

const names = [...structures.values()].filter((one) => one.kind === 'resource' && !one.abstract).map((one) => one.name)
const codeLines = [...codeSets].map(([name, codes]) => `codes ${name} ${codes.join(' ')}`)
writeFileSync(
  new URL('r4.txt', import.meta.url),
  [`names ${names.sort().join(' ')}`, ...lines.sort(), ...codeLines.sort()].map((line) => `${line}\n`).join(''),
)

/** One line for the type, one for each backbone in it. */
function writeStructure(definition: Definition): void {
  const elements = definition.snapshot!.element.slice(1).filter((element) => element.max !== '0')
  const paths = [definition.name, ...elements.filter((one) => isBackbone(one)).map((one) => one.path)]
  for (const path of paths) {
    const own = elements.find((element) => element.path === path)
    const base = own ? own.type![0]!.code : (definition.baseDefinition?.split('/').pop() ?? '-')
    const inherited = new Set(structures.get(base)?.snapshot!.element.map((element) => element.path.split('.')[1]) ?? [])
    const children = elements.filter((one) => parentOf(one.path) === path && !inherited.has(one.path.slice(path.length + 1)))
    lines.push(['type', path, base, ...children.map((child) => describe(child))].join(' '))
  }
}

function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.'))
}

function isBackbone(element: ElementDefinition): boolean {
  return ['BackboneElement', 'Element'].includes(element.type?.[0]?.code ?? '')
}

function describe(element: ElementDefinition): string {
  const name = element.path.slice(element.path.lastIndexOf('.') + 1)
  const types = element.contentReference ? [element.contentReference.slice(1)] : element.type!.map((type) => typeName(type.code, element))
  for (const type of types) if (structures.has(type) && !wanted.includes(type)) wanted.push(type)
  return `${name}${element.min > 0 ? '!' : ''}${element.max === '1' ? '' : '*'}:${types.join('|')}${binding(element)}`
}

/** Element.id and Extension.url are FHIRPath strings; Resource.id is an id, though its definition hides it. */
function typeName(code: string, element: ElementDefinition): string {
  if (isBackbone(element)) return element.path
  if (!code.startsWith('http://hl7.org/fhirpath/')) return code
  return element.path === 'Extension.url' ? 'uri' : element.path === 'Resource.id' ? 'id' : 'string'
}

function binding(element: ElementDefinition): string {
  if (element.binding?.strength !== 'required' || !element.binding.valueSet) return ''
  const url = element.binding.valueSet.split('|')[0]!
  const name = url.split('/').pop()!
  const codes = codeSets.get(name) ?? codesOf(url)
  if (codes) codeSets.set(name, codes)
  else warn(`${element.path}: ${url} cannot be listed and is not checked`)
  const isCode = element.type!.every((type) => type.code === 'code' || type.code === 'CodeableConcept')
  if (codes && !isCode) warn(`${element.path}: bound ${element.type![0]!.code} is not checked`)
  return codes && isCode ? `#${name}` : ''
}

function warn(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** The codes of a value set made of whole systems and lists; `null` when it needs a terminology server. */
function codesOf(url: string): string[] | null {
  const definition = byUrl.get(url)
  if (!definition?.compose || definition.compose.exclude) return null
  const codes: string[] = []
  for (const include of definition.compose.include) {
    if (include.filter) return null
    const parts = include.valueSet
      ? include.valueSet.map((one) => codesOf(one.split('|')[0]!))
      : [include.concept?.map((one) => one.code) ?? wholeSystem(include.system)]
    for (const part of parts) {
      if (!part) return null
      codes.push(...part)
    }
  }
  return codes.length > 0 ? [...new Set(codes)] : null
}

function wholeSystem(url: string | undefined): string[] | null {
  const definition = url ? byUrl.get(url) : undefined
  if (definition?.content !== 'complete') return null
  const flatten = (concepts: readonly Concept[]): string[] => concepts.flatMap((one) => [one.code, ...flatten(one.concept ?? [])])
  return flatten(definition.concept ?? [])
}
