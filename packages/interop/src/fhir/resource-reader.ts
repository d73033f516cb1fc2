import { hashBytes } from './byte-table.ts'
import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-cursor.ts'
import type { Kept, KeptValue } from './kept.ts'
import { PrimitiveReader } from './primitive-reader.ts'
import type { RejectCode } from './resource.ts'
import { ALL, type Element, type Followed, type Keep, KIND, type Shape, SKIP, SOME } from './shape.ts'
import { isR4ResourceType, RESOURCE_SHAPES } from './shapes.ts'

/** A medicine inside its order, a coverage inside its claim, and whoever may pay; nothing else that is contained is looked into. */
const READ_WHEN_CONTAINED = ['Medication', 'Coverage', 'Organization', 'Patient', 'RelatedPerson']

/**
 * Checks one resource against the definitions in a single pass over its bytes, and makes values only of the elements that
 * extraction wants. That is faster than parsing JSON and walking the tree, and numbers keep the digits they were written
 * with. Long because FHIR's JSON rules (siblings, choices, nulls, contained resources) meet in one walk.
 */
export class ResourceReader extends PrimitiveReader {
  /** Whether the last array held a null, which FHIR allows where a sibling `_name` carries extensions. */
  private hasNulls = false

  /** Throws a `Fault` when the bytes are not exactly one resource of a type the import takes. `bytes` are valid UTF-8. */
  read(bytes: Buffer, isAscii: boolean): Kept {
    this.bytes = bytes
    this.isAscii = isAscii
    this.end = bytes.length
    this.pos = this.level = this.depth = 0
    this.type = this.id = null
    const shape = this.rootShape()
    const resource = this.readObject(shape, SOME) ?? {}
    this.skipSpace()
    if (this.pos < this.end) this.failJson('the end of the line')
    if (this.id === null) this.fail('id', 'has no id: without it the resource cannot be told from others')
    return resource
  }

  private rootShape(): Shape {
    this.skipSpace()
    if (this.peek() !== OPEN_OBJECT) {
      const kind = this.kindHere()
      if (kind) this.fail('not-object', `the line is ${kind}; a resource is a JSON object`)
      this.failJson('"{"')
    }
    const type = this.typeHere()
    if (type === null) this.fail('type-missing', 'the line has no resourceType (a text that names a FHIR type)')
    const shape = RESOURCE_SHAPES.get(type)
    this.type = shape || isR4ResourceType(type) ? type : null
    if (shape) return shape
    if (this.type) this.fail('type-not-taken', 'is not among the types that are imported')
    this.fail('type-unknown', `the resourceType${/^[A-Za-z]{1,50}$/.test(type) ? ` ${type}` : ''} is not a type of FHIR R4`)
  }

  /** The resourceType of the object that begins here, wherever in it; stays here. */
  private typeHere(): string | null {
    const { pos, depth } = this
    let type: string | null = null
    this.enter()
    if (this.peek() !== CLOSE_OBJECT)
      do {
        this.scanString()
        const name = this.textHere()
        this.expect(COLON, '":"')
        const isType = name === 'resourceType' && this.peek() === QUOTE
        this.skipValue()
        if (isType) type = this.textHere()
      } while (type === null && this.hasNext(CLOSE_OBJECT))
    this.pos = pos
    this.depth = depth
    return type
  }

  private readObject(shape: Shape, keep: Keep): Kept | undefined {
    const kept: Kept | undefined = keep === SKIP ? undefined : {}
    const level = ++this.level
    let low = 0
    let high = 0
    let siblingsLow = 0
    let siblingsHigh = 0
    let nullsLow = 0
    let nullsHigh = 0
    this.indexes[level] = -1
    this.names[level] = ''
    this.enter()
    if (this.peek() === CLOSE_OBJECT) this.failEmpty('an empty object')
    let previous: Followed = shape
    do {
      const guess: Element | null = previous.next
      let element: Element
      if (guess !== null && this.isKeyHere(guess.key)) element = guess
      else previous.next = element = this.elementHere(shape)
      previous = element
      this.names[level] = element.name
      const lowBit = element.bit < 31 ? 1 << element.bit : 0
      const highBit = element.bit < 31 ? 0 : 1 << (element.bit - 31)
      if (element.isSibling) {
        siblingsLow |= lowBit
        siblingsHigh |= highBit
        this.skipValue()
        continue
      }
      if ((low & lowBit) | (high & highBit)) this.fail('element-repeated', 'is given twice: keep one')
      low |= lowBit
      high |= highBit
      const wanted = keep === SOME ? element.keep : element.isIdle ? SKIP : keep
      const value = element.isArray ? this.readArray(element, wanted) : this.readSingle(element, wanted)
      if (wanted !== SKIP) kept![element.name] = value
      if (element.isArray && this.hasNulls) {
        nullsLow |= lowBit
        nullsHigh |= highBit
      }
    } while (this.hasNext(CLOSE_OBJECT))
    this.depth--
    const { required } = shape
    const missingLow = required.low & ~(low | siblingsLow)
    const missingHigh = required.high & ~(high | siblingsHigh)
    if (missingLow | missingHigh) this.failBit('element-missing', 'is missing; FHIR R4 requires it', shape, missingLow, missingHigh)
    const bareLow = nullsLow & ~siblingsLow
    const bareHigh = nullsHigh & ~siblingsHigh
    if (bareLow | bareHigh) this.failBit('kind', 'holds null without an extension beside it: leave the null out', shape, bareLow, bareHigh)
    this.level = level - 1
    return kept
  }

  private elementHere(shape: Shape): Element {
    this.scanString()
    const { bytes, start, stop } = this
    const element = this.hasEscapes
      ? shape.elements.get(this.textHere())
      : shape.elements.find(bytes, start, stop, hashBytes(bytes, start, stop))
    if (!element) {
      const name = this.textHere()
      this.names[this.level] = /^\w{1,64}$/.test(name) ? name : '(unprintable name)'
      this.fail('element-unknown', `is not an element of ${shape.name} in FHIR R4: correct the name or use an extension`)
    }
    this.expect(COLON, '":"')
    return element
  }

  private isKeyHere(key: Buffer): boolean {
    const { bytes, pos } = this
    for (let i = 0; i < key.length; i++) if (bytes[pos + i] !== key[i]) return false
    this.pos = pos + key.length
    this.skipSpace()
    return true
  }

  /** A fault of the element that the lowest set bit stands for. */
  private failBit(code: RejectCode, words: string, shape: Shape, low: number, high: number): never {
    this.names[this.level] = shape.names[low ? lowestBit(low) : 31 + lowestBit(high)]!
    this.indexes[this.level] = -1
    this.fail(code, words)
  }

  private readArray(element: Element, keep: Keep): KeptValue {
    if (this.peek() !== OPEN_ARRAY) this.failKind('an array')
    this.enter()
    if (this.peek() === CLOSE_ARRAY) this.failEmpty('an empty array')
    const { level } = this
    const items: KeptValue[] | undefined = keep === SKIP ? undefined : []
    let hasNull = false
    let index = 0
    do {
      this.indexes[level] = index++
      if (element.kind > KIND.any && this.scanWord('null')) hasNull = true
      else {
        const item = this.readSingle(element, keep)
        if (item !== undefined) items?.push(item)
      }
    } while (this.hasNext(CLOSE_ARRAY))
    this.depth--
    this.indexes[level] = -1
    this.hasNulls = hasNull
    return items
  }

  private readSingle(element: Element, keep: Keep): KeptValue {
    switch (element.kind) {
      case KIND.object:
        if (this.peek() !== OPEN_OBJECT) this.failKind('an object')
        return element.conceptCodes ? this.readBoundConcept(element) : this.readObject(element.shape!, keep)
      case KIND.resource:
        return this.readContained(keep)
      case KIND.boolean: {
        const isTrue = this.scanWord('true')
        return isTrue || this.scanWord('false') ? isTrue : this.failKind('true or false')
      }
      case KIND.decimal:
      case KIND.integer:
      case KIND.positiveInt:
      case KIND.unsignedInt:
        return this.readNumber(element.kind, keep)
      default:
        return this.readText(element, keep)
    }
  }

  /** A concept whose HL7 codes are bound: an unknown code of that system is refused, codes of other systems pass. */
  private readBoundConcept(element: Element): KeptValue {
    const concept = this.readObject(element.shape!, ALL)!
    const { system, codes } = element.conceptCodes!
    for (const coding of Array.isArray(concept['coding']) ? (concept['coding'] as Kept[]) : [])
      if (coding['system'] === system && !codes.has(String(coding['code'])))
        this.fail('code', `must have one of the codes ${[...codes].join(', ')}`)
    return concept
  }

  private readContained(keep: Keep): KeptValue {
    if (this.peek() !== OPEN_OBJECT) this.failKind('an object')
    if (this.level > 1) this.fail('element-unknown', 'stands in a contained resource, which cannot contain others')
    const type = this.typeHere()
    if (type === null) this.fail('type-missing', 'has no resourceType')
    const shape = RESOURCE_SHAPES.get(type)
    if (shape) return this.readObject(shape, READ_WHEN_CONTAINED.includes(type) ? keep : SKIP)
    if (!isR4ResourceType(type)) this.fail('type-unknown', 'has a resourceType that is not a type of FHIR R4')
    this.skipValue()
    return undefined
  }
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits)
