import { readFileSync } from 'node:fs'
import { ByteTable } from './byte-table.ts'
import { KEPT } from './kept-elements.ts'
import { ALL, type Bits, type Element, KIND, type Kind, type Shape, SKIP, SOME } from './shape.ts'

const PRIMITIVES: Readonly<Record<string, Kind>> = {
  ...KIND,
  markdown: KIND.string,
  xhtml: KIND.string,
  url: KIND.uri,
  canonical: KIND.uri,
  oid: KIND.uri,
  uuid: KIND.uri,
}

/** `name! * [x] :types #codes`, as generate.ts writes it: `!` required, `*` repeats, `[x]` a choice of types. */
const DESCRIPTION = /^(\w+)(\[x\])?(!)?(\*)?:([^#]+)(?:#(.+))?$/

/** The value sets bound to concepts in R4 are each one HL7 code system of the same name. */
const HL7_SYSTEMS = 'http://terminology.hl7.org/CodeSystem/'

/** Elements of data types that extraction never reads. */
const IDLE = ['extension', 'modifierExtension', 'Coding.version', 'Coding.display', 'Coding.userSelected', 'Quantity.system']

interface Line {
  readonly base: string
  readonly elements: readonly string[]
}

const lines = new Map<string, Line>()
const codeSets = new Map<string, readonly string[]>()
const codeTables = new Map<string, ByteTable<string>>()
const shapes = new Map<string, Shape>()
const resourceNames: string[] = []

for (const line of readFileSync(new URL('./definitions/r4.txt', import.meta.url), 'utf8').split('\n')) {
  const [what, name, ...rest] = line.split(' ')
  if (what === 'type') lines.set(name!, { base: rest[0]!, elements: rest.slice(1) })
  else if (what === 'codes') codeSets.set(name!, rest)
  else if (what === 'names') resourceNames.push(name!, ...rest)
}

/** Every resource type of R4, also those the import does not take. */
export const isR4ResourceType = (name: string): boolean => resourceNames.includes(name)

/** Shapes of the resource types whose elements are known; a contained resource of another type is only read as JSON. */
export const RESOURCE_SHAPES = new ByteTable(resourceNames.filter((name) => lines.has(name)).map((name) => [name, shapeOf(name)] as const))

for (const [type, paths] of Object.entries(KEPT)) for (const path of paths) markKept(shapeOf(type), path.split('.'))

function shapeOf(name: string): Shape {
  const known = shapes.get(name)
  if (known) return known
  const names: string[] = []
  const entries: [string, Element][] = []
  // Types refer to each other in circles: the shape is known before its elements are.
  const shape = { name, names, required: { low: 0, high: 0 }, next: null } as unknown as { -readonly [Key in keyof Shape]: Shape[Key] }
  shapes.set(name, shape)
  if (isR4ResourceType(name)) addElement('resourceType!:string', shape, names, entries)
  for (const description of inherited(name)) addElement(description, shape, names, entries)
  if (names.length > 62) throw new Error(`${name} has ${names.length} elements; two words hold 62`)
  shape.elements = new ByteTable(entries)
  return shape
}

function inherited(name: string): readonly string[] {
  const line = lines.get(name)
  if (!line) throw new Error(`no definition of ${name}`)
  return line.base === '-' ? line.elements : [...inherited(line.base), ...line.elements]
}

function addElement(description: string, shape: { name: string; required: Bits }, names: string[], entries: [string, Element][]): void {
  const [, name, isChoice, isRequired, isArray, types, set] = DESCRIPTION.exec(description) as unknown as string[]
  const bit = names.push(isChoice ? `${name}[x]` : name!) - 1
  if (isRequired)
    shape.required = { low: shape.required.low | (bit < 31 ? 1 << bit : 0), high: shape.required.high | (bit < 31 ? 0 : 1 << (bit - 31)) }
  for (const type of types!.split('|')) {
    const json = isChoice ? name! + type[0]!.toUpperCase() + type.slice(1) : name!
    const kind = shape.name === 'Reference' && name === 'reference' ? KIND.reference : kindOf(type)
    const element: Element = {
      name: json,
      kind,
      shape: kind === KIND.object ? shapeOf(type) : null,
      isArray: isArray !== undefined,
      bit,
      isSibling: false,
      codes: set && kind === KIND.code ? codeTable(set) : null,
      conceptCodes: set && kind === KIND.object ? { system: HL7_SYSTEMS + set, codes: new Set(codeSets.get(set)) } : null,
      keep: SKIP,
      isIdle: IDLE.includes(json) || IDLE.includes(`${shape.name}.${json}`),
      key: keyOf(json),
      next: null,
    }
    entries.push([json, element])
    if (kind > KIND.any)
      entries.push([
        `_${json}`,
        { ...element, name: `_${json}`, key: keyOf(`_${json}`), kind: KIND.any, isArray: false, isSibling: true, codes: null },
      ])
  }
}

function keyOf(name: string): Buffer {
  return Buffer.from(`"${name}":`)
}

function kindOf(type: string): Kind {
  return type === 'Resource' ? KIND.resource : (PRIMITIVES[type] ?? KIND.object)
}

function codeTable(set: string): ByteTable<string> {
  const table = codeTables.get(set) ?? new ByteTable(codeSets.get(set)!.map((code) => [code, code] as const))
  codeTables.set(set, table)
  return table
}

/** Marks the element at the end of a path to be kept with all below it, those on the way as far as needed. */
function markKept(shape: Shape, [name, ...rest]: readonly string[]): void {
  const element = shape.elements.get(name!)
  if (!element) throw new Error(`${shape.name} has no ${name}`)
  // A contained resource is kept as far as its own type says.
  if (rest.length === 0 && element.kind !== KIND.resource) element.keep = ALL
  else if (element.keep === SKIP) element.keep = SOME
  if (rest.length > 0 && element.shape) markKept(element.shape, rest)
}
