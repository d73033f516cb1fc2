import { Fault } from './fault.ts'
import type { RejectCode } from './resource.ts'

const MAX_DEPTH = 64
const MAX_DIGITS = 38
const MAX_EXPONENT = 30

export const QUOTE = 0x22
export const OPEN_OBJECT = 0x7b
export const CLOSE_OBJECT = 0x7d
export const OPEN_ARRAY = 0x5b
export const CLOSE_ARRAY = 0x5d
const COMMA = 0x2c
export const COLON = 0x3a
const BACKSLASH = 0x5c
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39

/** Bytes at which a string ends or needs a closer look: the quote, the backslash, control characters. */
const STOPS = Uint8Array.from({ length: 256 }, (_, byte) => (byte === QUOTE || byte === BACKSLASH || byte < 0x20 ? 1 : 0))

/**
 * Walks over JSON text (RFC 8259) that is known to be UTF-8, byte by byte, making no values. Stricter than JSON where FHIR
 * or the database is: no U+0000, no lone surrogates, bounded depth, decimals that an exact decimal type can hold.
 */
export class JsonCursor {
  protected bytes: Buffer = Buffer.alloc(0)
  protected pos = 0
  protected end = 0
  /** The last string (without its quotes) or number passed over. */
  protected start = 0
  protected stop = 0
  /** Whether the last string held escapes; whether the last number had neither fraction nor exponent. */
  protected hasEscapes = false
  protected isWhole = false
  protected depth = 0

  /** Where a fault is, for people; the reader of a known structure knows. */
  protected place(): string | null {
    return null
  }

  protected fail(code: RejectCode, words: string): never {
    throw new Fault(code, words, this.place(), null)
  }

  protected failAt(code: RejectCode, words: string): never {
    throw new Fault(code, words, this.place(), this.pos + 1)
  }

  /** Something else stands here than JSON allows. */
  protected failJson(expected: string): never {
    if (this.pos >= this.end) this.failAt('json', `the JSON ends too early (${expected} expected): the line is cut off`)
    const byte = this.bytes[this.pos]!
    if (byte === 0) this.failAt('nul', 'holds a NUL character: remove it')
    this.failAt(
      'json',
      `${byte > 0x20 && byte < 0x7f ? `"${String.fromCharCode(byte)}"` : 'a character'} stands where ${expected} is expected: not JSON`,
    )
  }

  protected skipSpace(): void {
    while (this.pos < this.end) {
      const byte = this.bytes[this.pos]!
      if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) return
      this.pos++
    }
  }

  /** The byte here; 0 at the end. */
  protected peek(): number {
    return this.pos < this.end ? this.bytes[this.pos]! : 0
  }

  protected expect(byte: number, expected: string): void {
    this.skipSpace()
    if (this.peek() !== byte) this.failJson(expected)
    this.pos++
    this.skipSpace()
  }

  /** After an item of an object or array: `true` when another follows, `false` at its end. */
  protected hasNext(close: number): boolean {
    this.skipSpace()
    const byte = this.peek()
    if (byte !== COMMA && byte !== close) this.failJson(close === CLOSE_OBJECT ? '"," or "}"' : '"," or "]"')
    this.pos++
    if (byte === close) return false
    this.skipSpace()
    return true
  }

  protected enter(): void {
    if (++this.depth > MAX_DEPTH) this.failAt('depth', `is nested deeper than ${MAX_DEPTH} levels`)
    this.pos++
    this.skipSpace()
  }

  /** Passes over a string; `start` and `stop` are what is between its quotes. */
  protected scanString(): void {
    if (this.peek() !== QUOTE) this.failJson('a name in quotes')
    const { bytes, end } = this
    const start = this.pos + 1
    let hasEscapes = false
    for (let p = start; p < end; p++) {
      const byte = bytes[p]!
      if (STOPS[byte] === 0) continue
      if (byte === QUOTE) {
        this.start = start
        this.stop = p
        this.pos = p + 1
        this.hasEscapes = hasEscapes
        return
      }
      if (byte === BACKSLASH) {
        hasEscapes = true
        p = this.scanEscape(p)
      } else {
        this.pos = p
        this.failJson('a closing quote')
      }
    }
    this.pos = end
    this.failJson('a closing quote')
  }

  /** Passes over the escape at `p`, gives the position of its last byte. */
  private scanEscape(p: number): number {
    const sign = p + 1 < this.end ? this.bytes[p + 1]! : 0
    if (sign !== 0 && '"\\/bfnrt'.includes(String.fromCharCode(sign))) return p + 1
    this.pos = p + 1
    if (sign !== 0x75) this.failJson('an escape')
    const unit = this.hexAt(p + 2)
    if (unit === 0) this.failAt('nul', 'holds a NUL character (\\u0000): remove it')
    if (unit < 0xd800 || unit > 0xdfff) return p + 5
    const isPair = unit < 0xdc00 && this.bytes[p + 6] === BACKSLASH && this.bytes[p + 7] === 0x75
    const low = isPair ? this.hexAt(p + 8) : 0
    if (low < 0xdc00 || low > 0xdfff)
      this.failAt('encoding', 'holds half of a character (a lone surrogate escape): write the whole character')
    return p + 11
  }

  private hexAt(p: number): number {
    const digits = this.bytes.toString('latin1', p, Math.min(p + 4, this.end))
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) {
      this.pos = Math.min(p, this.end)
      this.failJson('four hexadecimal digits')
    }
    return parseInt(digits, 16)
  }

  protected scanNumber(): void {
    const { bytes, end } = this
    const start = this.pos
    let p = start
    if (bytes[p] === MINUS) p++
    const first = p
    while (p < end && bytes[p]! >= ZERO && bytes[p]! <= NINE) p++
    this.pos = p
    if (p === first) this.failJson('a digit')
    if (bytes[first] === ZERO && p > first + 1) this.failAt('json', 'a number begins with 0: not JSON')
    let digits = bytes[first] === ZERO ? 0 : p - first
    let exponent = 0
    this.isWhole = true
    if (p < end && bytes[p] === POINT) {
      const point = p++
      while (p < end && bytes[p]! >= ZERO && bytes[p]! <= NINE) p++
      this.pos = p
      if (p === point + 1) this.failJson('a digit')
      digits += p - point - 1
      this.isWhole = false
    }
    if (p < end && (bytes[p]! | 0x20) === 0x65) {
      p++
      if (p < end && (bytes[p] === MINUS || bytes[p] === 0x2b)) p++
      const power = p
      while (p < end && bytes[p]! >= ZERO && bytes[p]! <= NINE) exponent = Math.min(exponent * 10 + bytes[p++]! - ZERO, 1e6)
      this.pos = p
      if (p === power) this.failJson('a digit')
      this.isWhole = false
    }
    this.start = start
    this.stop = p
    if (digits > MAX_DIGITS || exponent > MAX_EXPONENT)
      this.fail('number', `has more than ${MAX_DIGITS} digits or an exponent beyond ${MAX_EXPONENT}`)
  }

  /** Passes over `true`, `false` or `null`; tells whether it stood here. */
  protected scanWord(word: string): boolean {
    for (let i = 0; i < word.length; i++) if (this.bytes[this.pos + i] !== word.charCodeAt(i)) return false
    if (this.pos + word.length > this.end) return false
    this.pos += word.length
    return true
  }

  protected skipValue(): void {
    const byte = this.peek()
    if (byte === QUOTE) this.scanString()
    else if (byte === OPEN_OBJECT) this.skipObject()
    else if (byte === OPEN_ARRAY) this.skipArray()
    else if (byte === MINUS || (byte >= ZERO && byte <= NINE)) this.scanNumber()
    else if (!this.scanWord('true') && !this.scanWord('false') && !this.scanWord('null')) this.failJson('a value')
  }

  private skipObject(): void {
    this.enter()
    if (this.peek() === CLOSE_OBJECT) this.pos++
    else
      do {
        this.scanString()
        this.expect(COLON, '":"')
        this.skipValue()
      } while (this.hasNext(CLOSE_OBJECT))
    this.depth--
  }

  private skipArray(): void {
    this.enter()
    if (this.peek() === CLOSE_ARRAY) this.pos++
    else
      do this.skipValue()
      while (this.hasNext(CLOSE_ARRAY))
    this.depth--
  }

  /** What kind of JSON stands here, for people; `null` when none does. */
  protected kindHere(): string | null {
    const byte = this.peek()
    if (byte === QUOTE) return 'a string'
    if (byte === OPEN_OBJECT) return 'an object'
    if (byte === OPEN_ARRAY) return 'an array'
    if (byte === MINUS || (byte >= ZERO && byte <= NINE)) return 'a number'
    const rest = this.bytes.toString('latin1', this.pos, Math.min(this.pos + 5, this.end))
    return rest.startsWith('true') || rest === 'false' ? 'true or false' : rest.startsWith('null') ? 'null' : null
  }
}
