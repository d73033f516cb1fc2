/** Where a line stands: the number of its file, counted from 0, and of the line in it, counted from 1. */
export interface Place {
  readonly file: number
  readonly line: number
}

/**
 * Ids met so far, with their place and a hash of the content, in 18 bytes a slot, at most half of them taken: ten million ids take some
 * 600 MB instead of gigabytes. Ids are told apart by 63 bits of hash.
 */
export class SeenIds {
  #capacity = 1 << 12
  #count = 0
  #high = new Uint32Array(this.#capacity)
  #low = new Uint32Array(this.#capacity)
  #lines = new Uint32Array(this.#capacity)
  #files = new Uint16Array(this.#capacity)
  #contents = new Uint32Array(this.#capacity)

  /** How many ids and gaps between them it holds, at 18 bytes each. */
  get slots(): number {
    return this.#capacity
  }

  /** Remembers an id. If it was met before: the place it stood in, and whether the content is the same. */
  add(type: string, id: string, { file, line }: Place, content: Buffer): (Place & { same: boolean }) | null {
    if (this.#count * 2 >= this.#capacity) this.#grow()
    const high = finish(hash(id, hash(type, 0x811c9dc5)))
    const low = (finish(hash(id, hash(type, 0x2f0b4a27))) | 1) >>> 0 // an empty slot holds 0
    const digest = content.readUInt32LE(0)
    const slot = this.#slot(high, low)
    if (this.#low[slot]) return { file: this.#files[slot]!, line: this.#lines[slot]!, same: this.#contents[slot] === digest }
    this.#set(slot, high, low, file, line, digest)
    this.#count++
    return null
  }

  /** The slot that holds this id, or the empty one where it belongs. */
  #slot(high: number, low: number): number {
    const mask = this.#capacity - 1
    let slot = high & mask
    while (this.#low[slot] && !(this.#low[slot] === low && this.#high[slot] === high)) slot = (slot + 1) & mask
    return slot
  }

  #set(slot: number, high: number, low: number, file: number, line: number, digest: number): void {
    this.#high[slot] = high
    this.#low[slot] = low
    this.#files[slot] = file
    this.#lines[slot] = line
    this.#contents[slot] = digest
  }

  #grow(): void {
    const [high, low, files, lines, contents] = [this.#high, this.#low, this.#files, this.#lines, this.#contents]
    this.#capacity *= 2
    this.#high = new Uint32Array(this.#capacity)
    this.#low = new Uint32Array(this.#capacity)
    this.#files = new Uint16Array(this.#capacity)
    this.#lines = new Uint32Array(this.#capacity)
    this.#contents = new Uint32Array(this.#capacity)
    for (let slot = 0; slot < low.length; slot++) {
      if (low[slot]) this.#set(this.#slot(high[slot]!, low[slot]!), high[slot]!, low[slot]!, files[slot]!, lines[slot]!, contents[slot]!)
    }
  }
}

/** FNV-1a, 32 bits, from a given start. */
function hash(text: string, start: number): number {
  let value = start
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return Math.imul(value ^ 0x2f, 0x01000193)
}

/** A final mix, so that every bit of the text reaches every bit of the hash. */
function finish(hash: number): number {
  let value = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
