/**
 * Finds a value by a name that stands in a byte buffer, without making a string of it: open addressing over the hash
 * that a reader has made while passing over the bytes. Names are ASCII.
 */
export class ByteTable<T> {
  private readonly mask: number
  private readonly names: (Buffer | undefined)[]
  private readonly values: (T | undefined)[]
  /** The names in the order given, for people. */
  readonly listing: string

  constructor(entries: Iterable<readonly [string, T]>) {
    const list = [...entries]
    this.listing = list.map(([name]) => name).join(', ')
    const size = 2 ** Math.ceil(Math.log2(list.length * 2 + 2))
    this.mask = size - 1
    this.names = new Array<Buffer | undefined>(size).fill(undefined)
    this.values = new Array<T | undefined>(size).fill(undefined)
    for (const [name, value] of list) this.add(Buffer.from(name, 'latin1'), value)
  }

  private add(name: Buffer, value: T): void {
    let slot = hashBytes(name, 0, name.length) & this.mask
    while (this.names[slot]) slot = (slot + 1) & this.mask
    this.names[slot] = name
    this.values[slot] = value
  }

  /** `hash` is `hashBytes` of the same range. */
  find(bytes: Buffer, start: number, end: number, hash: number): T | undefined {
    let slot = hash & this.mask
    for (;;) {
      const name = this.names[slot]
      if (name === undefined) return undefined
      if (name.length === end - start && isSame(name, bytes, start)) return this.values[slot]
      slot = (slot + 1) & this.mask
    }
  }

  get(name: string): T | undefined {
    const bytes = Buffer.from(name, 'utf8')
    return this.find(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length))
  }
}

export function hashBytes(bytes: Buffer, start: number, end: number): number {
  let hash = 0
  for (let i = start; i < end; i++) hash = ((hash << 5) - hash + bytes[i]!) | 0
  return hash ^ (hash >>> 15)
}

function isSame(name: Buffer, bytes: Buffer, start: number): boolean {
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[start + i]) return false
  return true
}
