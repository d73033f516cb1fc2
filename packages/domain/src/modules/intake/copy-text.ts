/** A value of one column in COPY's text format. */
export type CopyValue = string | number | boolean | Buffer | readonly (string | number)[] | null

/** Collects rows in COPY's text format: tab between columns, newline after rows, `\N` for null. */
export class CopyText {
  #rows: string[] = []

  get size(): number {
    return this.#rows.length
  }

  add(...values: CopyValue[]): void {
    this.#rows.push(values.map(column).join('\t'))
  }

  /** Everything added so far, as bytes. */
  bytes(): Buffer {
    return Buffer.from(this.#rows.length ? `${this.#rows.join('\n')}\n` : '')
  }
}

function column(value: CopyValue): string {
  if (value === null) return '\\N'
  if (typeof value === 'string') return SPECIAL.test(value) ? escape(value) : value
  if (typeof value === 'number') return String(value)
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (Buffer.isBuffer(value)) return `\\\\x${value.toString('hex')}`
  return escape(`{${(value as readonly (string | number)[]).map(element).join(',')}}`)
}

const SPECIAL = /[\\\t\n\r\b\f\v]/
const LETTERS: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\b': '\\b', '\f': '\\f', '\v': '\\v' }
const escape = (text: string): string => text.replace(/[\\\t\n\r\b\f\v]/g, (letter) => LETTERS[letter]!)

const element = (item: string | number): string =>
  typeof item === 'number' ? String(item) : `"${item.replace(/["\\]/g, (letter) => `\\${letter}`)}"`
