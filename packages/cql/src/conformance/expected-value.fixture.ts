/**
 * Reads the expected values of the CQL conformance tests. It knows literals and selectors only and shares nothing with the engine
 * under test: numbers stay the digits that were written, dates and times the fields that were written.
 */
export type ExpectedValue =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'integer' | 'long' | 'decimal'; readonly digits: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'date' | 'dateTime' | 'time'; readonly fields: readonly string[]; readonly offset: string | null }
  | { readonly kind: 'quantity'; readonly digits: string; readonly unit: string }
  | { readonly kind: 'list'; readonly elements: readonly ExpectedValue[] }
  | {
      readonly kind: 'interval'
      readonly low: ExpectedValue
      readonly high: ExpectedValue
      readonly lowClosed: boolean
      readonly highClosed: boolean
    }
  | { readonly kind: 'instance'; readonly type: string; readonly elements: Readonly<Record<string, ExpectedValue>> }

export function readExpected(text: string): ExpectedValue {
  const reader = new Reader(text)
  const value = reader.value()
  reader.end()
  return value
}

const calendarUnit = /^(?:year|month|week|day|hour|minute|second|millisecond)s?\b/
const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', f: '\f' }

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(): ExpectedValue {
    const rest = this.#rest()
    if (rest.startsWith("'")) return { kind: 'string', text: this.#string() }
    if (rest.startsWith('@')) return this.#temporal()
    if (/^\{\s*\w+\s*:/.test(rest)) return this.#instance('Tuple')
    if (rest.startsWith('{')) return { kind: 'list', elements: this.#list('{', '}') }
    if (/^[-+]?\d/.test(rest)) return this.#number()
    const word = this.#take(/^[A-Za-z]+/)
    if (word === 'null') return { kind: 'null' }
    if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' }
    return word === 'Interval' ? this.#interval() : this.#instance(word)
  }

  end(): void {
    if (this.#rest() !== '') throw new Error(`cannot read ${this.#rest()}`)
  }

  #rest(): string {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
    return this.#text.slice(this.#at)
  }

  #take(pattern: RegExp): string {
    const found = pattern.exec(this.#rest())?.[0]
    if (found === undefined) throw new Error(`cannot read ${this.#rest()}`)
    this.#at += found.length
    return found
  }

  #skip(character: string): boolean {
    const found = this.#rest().startsWith(character)
    if (found) this.#at += character.length
    return found
  }

  #string(): string {
    const quoted = this.#take(/^'(?:[^'\\]|\\.)*'/s)
    return quoted
      .slice(1, -1)
      .replace(/\\u([0-9a-fA-F]{4})|\\(.)/gs, (_, code: string | undefined, escaped: string) =>
        code ? String.fromCharCode(parseInt(code, 16)) : (escapes[escaped] ?? escaped),
      )
  }

  #number(): ExpectedValue {
    const digits = this.#take(/^[-+]?\d+(?:\.\d+)?/)
    if (this.#text[this.#at] === 'L') {
      this.#at++
      return { kind: 'long', digits }
    }
    const rest = this.#rest()
    if (rest.startsWith("'")) return { kind: 'quantity', digits, unit: this.#string() }
    if (calendarUnit.test(rest)) return { kind: 'quantity', digits, unit: this.#take(calendarUnit) }
    return { kind: digits.includes('.') ? 'decimal' : 'integer', digits }
  }

  #temporal(): ExpectedValue {
    const text = this.#take(/^@[-\dT:.+Z]+/).slice(1)
    const [, date = '', t, time = '', zone] = /^([-\d]*?)(?:(T)([\d:.]*)(Z|[-+]\d\d:\d\d)?)?$/.exec(text) ?? []
    const [clock = '', fraction] = time.split('.')
    const fields = [
      ...date.split('-'),
      ...clock.split(':'),
      ...(fraction === undefined ? [] : [fraction.slice(0, 3).padEnd(3, '0')]),
    ].filter((field) => field !== '')
    return { kind: date === '' ? 'time' : t ? 'dateTime' : 'date', fields, offset: zone ?? null }
  }

  #list(open: string, close: string): ExpectedValue[] {
    const elements: ExpectedValue[] = []
    this.#take(new RegExp(`^\\${open}`))
    while (!this.#skip(close)) {
      elements.push(this.value())
      this.#skip(',')
    }
    return elements
  }

  #interval(): ExpectedValue {
    const lowClosed = this.#take(/^[[(]/) === '['
    const low = this.value()
    this.#take(/^,/)
    const high = this.value()
    return { kind: 'interval', low, high, lowClosed, highClosed: this.#take(/^[\])]/) === ']' }
  }

  #instance(type: string): ExpectedValue {
    const elements: Record<string, ExpectedValue> = {}
    this.#take(/^\{/)
    while (!this.#skip('}')) {
      const name = this.#take(/^\w+/)
      this.#take(/^:/)
      elements[name] = this.value()
      this.#skip(',')
    }
    return { kind: 'instance', type, elements }
  }
}
