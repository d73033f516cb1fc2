/** A value of one column in COPY's text format. */
export type CopyValue = string | number | boolean | Buffer | readonly (string | number)[] | null

/** Collects rows in COPY's text format: tab between columns, newline after rows, `\N` for null. Buffers become bytea. */
export class CopyText {
  #rows = 0
  /** What is written since the last content. */
  #text = ''
  #parts: Buffer[] = []

  get size(): number {
    return this.#rows
  }

  add(...values: CopyValue[]): void {
    this.#text += row(values)
    this.#text += '\n'
    this.#rows++
  }

  /** A row whose last column is text that came as UTF-8: it is passed on without being made a string. */
  addWith(content: Buffer, ...values: CopyValue[]): void {
    this.#parts.push(Buffer.from(`${this.#text}${row(values)}\t`), escaped(content))
    this.#text = '\n'
    this.#rows++
  }

  /** Everything added so far. */
  bytes(): Buffer {
    return Buffer.concat([...this.#parts, Buffer.from(this.#text)])
  }
}

function row(values: readonly CopyValue[]): string {
  let text = column(values[0]!)
  for (let index = 1; index < values.length; index++) text += `\t${column(values[index]!)}`
  return text
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

/** JSON holds no other special characters: control characters stand escaped in its strings, and a line has no newline. */
const escaped = (json: Buffer): Buffer =>
  json.includes(0x5c) || json.includes(0x09) || json.includes(0x0d) ? Buffer.from(escape(json.toString())) : json

const element = (item: string | number): string =>
  typeof item === 'number' ? String(item) : `"${item.replace(/["\\]/g, (letter) => `\\${letter}`)}"`
