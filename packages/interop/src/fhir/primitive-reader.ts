import { hashBytes } from './byte-table.ts'
import { JsonCursor, QUOTE } from './json-cursor.ts'
import type { KeptValue } from './kept.ts'
import { formatFault } from './primitive-formats.ts'
import { isReference } from './reference-format.ts'
import { type Element, type Keep, KIND, SKIP } from './shape.ts'
import { TextCache } from './text-cache.ts'

const MAX_INTEGER = 2 ** 31 - 1

/** Reads FHIR primitives where the cursor stands, and knows the path to there. */
export class PrimitiveReader extends JsonCursor {
  /** As far as they are known when a fault is found. */
  type: string | null = null
  id: string | null = null
  protected isAscii = true
  /** Objects entered; `names` and `indexes` hold, from 1, the element read in each and its place in an array or -1. */
  protected level = 0
  protected readonly names: string[] = []
  protected readonly indexes: number[] = []
  private readonly texts = new TextCache()

  protected override place(): string | null {
    let path = this.type
    for (let i = 1; i <= this.level && this.names[i] !== ''; i++)
      path += `.${this.names[i]}${this.indexes[i]! < 0 ? '' : `[${this.indexes[i]}]`}`
    return path
  }

  protected readNumber(kind: number, keep: Keep): KeptValue {
    const byte = this.peek()
    if (byte !== 0x2d && (byte < 0x30 || byte > 0x39)) this.failKind('a number')
    this.scanNumber()
    const { bytes, start, stop } = this
    if (kind !== KIND.decimal) {
      const number = Number(bytes.toString('latin1', start, stop))
      const least = kind === KIND.positiveInt ? 1 : kind === KIND.unsignedInt ? 0 : -MAX_INTEGER - 1
      if (!this.isWhole || number < least || number > MAX_INTEGER)
        this.fail('number', `must be a whole number from ${least} to ${MAX_INTEGER}`)
    }
    return keep === SKIP ? undefined : bytes.toString('latin1', start, stop)
  }

  protected readText(element: Element, keep: Keep): KeptValue {
    if (this.peek() !== QUOTE) this.failKind('a string')
    this.scanString()
    if (this.start === this.stop) this.failEmpty('an empty string')
    if (this.hasEscapes) return this.readEscapedText(element)
    const { bytes, start, stop } = this
    const known = this.checkText(element, bytes, start, stop)
    if (element.kind === KIND.id && this.level === 1) this.id = this.textHere()
    return keep === SKIP ? undefined : (known ?? this.textHere())
  }

  private readEscapedText(element: Element): string {
    const text = this.textHere()
    const bytes = Buffer.from(text)
    this.checkText(element, bytes, 0, bytes.length)
    if (element.kind === KIND.id && this.level === 1) this.id = text
    return text
  }

  /** Gives the string of a bound code, which need not be made again. */
  private checkText(element: Element, bytes: Buffer, start: number, stop: number): string | undefined {
    if (element.codes) {
      const code = element.codes.find(bytes, start, stop, hashBytes(bytes, start, stop))
      return code ?? this.fail('code', `must be one of ${element.codes.listing}`)
    }
    if (element.kind === KIND.string) return undefined
    if (element.kind === KIND.reference) {
      if (!isReference(bytes, start, stop)) this.fail('reference', 'is not a reference: write Type/id, a URL, urn:uuid:... or #id')
      return undefined
    }
    const fault = formatFault(element.kind, bytes, start, stop)
    if (fault) this.fail(fault.code, fault.words)
    return undefined
  }

  protected failKind(expected: string): never {
    const kind = this.kindHere()
    if (!kind) this.failJson(expected)
    this.fail('kind', kind === 'null' ? 'is null: leave the element out' : `must be ${expected}, is ${kind}`)
  }

  protected failEmpty(what: string): never {
    if (this.level > 0 && this.names[this.level] === '') this.level--
    this.fail('kind', `is ${what}: leave the element out`)
  }

  protected textHere(): string {
    const { bytes, start, stop } = this
    if (this.hasEscapes) return JSON.parse(bytes.toString('utf8', start - 1, stop + 1)) as string
    return this.isAscii ? this.texts.read(bytes, start, stop) : bytes.toString('utf8', start, stop)
  }
}
